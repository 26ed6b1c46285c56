import { Finding, type Clause } from '../finding.js';
import { groupBy } from '../group-by.js';
import type { IndexedHistory } from '../indexed-history.js';

/** 13: cursor never goes back within an epoch. */
export const cursors: Clause[] = [{ invariant: 13, says: 'no cursor goes back within an epoch', look }];

function look(history: IndexedHistory): Finding {
  const finding = new Finding();
  const own = groupBy(history.of('cursor'), ({ client, conversation }) => `${client} ${conversation}`);
  for (const positions of own.values()) {
    for (let index = 1; index < positions.length; index += 1) {
      const [before, after] = [positions[index - 1]!, positions[index]!];
      if (history.epochs.at(after.client, after.t) !== history.epochs.at(after.client, before.t)) continue;
      finding.examined += 1;
      if (after.ver < before.ver)
        finding.complain(`the cursor of ${after.client} went from ${before.ver} to ${after.ver}`, [before, after]);
    }
  }
  return finding;
}
