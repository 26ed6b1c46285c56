import { Finding, type Clause } from '../finding.js';
import { groupBy } from '../group-by.js';
import type { EntryOf } from '../history.js';
import type { IndexedHistory } from '../indexed-history.js';

const LEASE_US = 45_000_000;

/** 15: presence true → false ≤ 45 s after a kill. */
export const presence: Clause[] = [
  { invariant: 15, says: 'who died without a word is shown as away within 45 s', look },
];

function look(history: IndexedHistory): Finding {
  const finding = new Finding();
  const end = history.entries.at(-1)?.t ?? 0;
  const connects = groupBy(history.of('connect'), ({ user }) => user);
  const observers = groupBy(history.of('presence'), ({ user }) => user);
  for (const gone of history.of('gone')) {
    const due = gone.t + LEASE_US;
    const isBack = connects.get(gone.user)?.some(({ t }) => t > gone.t && t <= due);
    if (end < due || isBack) continue;
    for (const seen of groupBy(observers.get(gone.user) ?? [], ({ client }) => client).values())
      judge(finding, gone, seen, due);
  }
  return finding;
}

/** Only who had seen them there can see them leave. */
function judge(finding: Finding, gone: EntryOf<'gone'>, seen: readonly EntryOf<'presence'>[], due: number): void {
  const until = seen.filter(({ t }) => t <= due);
  const wasThere = until.findLast(({ t }) => t <= gone.t)?.online === true;
  const last = until.at(-1);
  if (!wasThere || !last) return;
  finding.examined += 1;
  if (last.online === true) finding.complain(`${last.client} still sees ${gone.user} there`, [gone, last]);
}
