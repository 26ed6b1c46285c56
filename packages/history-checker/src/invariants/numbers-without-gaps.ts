import { Finding, type Clause } from '../finding.js';
import { groupBy } from '../group-by.js';
import type { RecordedEntry } from '../history.js';
import type { IndexedHistory } from '../indexed-history.js';

/** 4: above the floor seq = 1..N and ver = 1..M per conversation, created_at never decreasing. */
export const numbersWithoutGaps: Clause[] = [
  { invariant: 4, says: 'seq runs from 1 to the counter without gaps', look: lookAtSeqs },
  { invariant: 4, says: 'ver runs from the floor to the counter without gaps', look: lookAtVers },
  { invariant: 4, says: 'no message is older than the one before it', look: lookAtTimes },
];

function lookAtSeqs(history: IndexedHistory): Finding {
  const finding = new Finding();
  for (const conversation of conversationsIn(history)) {
    finding.examined += 1;
    const rows = history.rows.get(conversation) ?? [];
    const to = history.countersOf(conversation)?.seq ?? rows.at(-1)?.seq ?? 0;
    complainOfGaps(finding, { name: `seq of ${conversation}`, from: 1, to }, rows, ({ seq }) => seq);
  }
  return finding;
}

function lookAtVers(history: IndexedHistory): Finding {
  const finding = new Finding();
  const logs = groupBy(history.of('change'), ({ conversation }) => conversation);
  for (const [conversation, changes] of logs) {
    const counters = history.countersOf(conversation);
    if (!counters) continue;
    finding.examined += 1;
    changes.sort((a, b) => a.ver - b.ver);
    const run = { name: `ver of ${conversation}`, from: counters.floor + 1, to: counters.ver };
    complainOfGaps(finding, run, changes, ({ ver }) => ver);
  }
  return finding;
}

function lookAtTimes({ rows }: IndexedHistory): Finding {
  const finding = new Finding();
  for (const stored of rows.values()) {
    for (let index = 1; index < stored.length; index += 1) {
      finding.examined += 1;
      const [before, after] = [stored[index - 1]!, stored[index]!];
      if (after.at < before.at) finding.complain(`message ${after.seq} is older than ${before.seq}`, [before, after]);
    }
  }
  return finding;
}

const conversationsIn = (history: IndexedHistory): Set<string> =>
  new Set([...history.rows.keys(), ...history.of('counters').map(({ conversation }) => conversation)]);

interface Run {
  name: string;
  from: number;
  to: number;
}

/** The items are sorted. Each place where they do not go on by one is one complaint. */
function complainOfGaps<T extends RecordedEntry>(
  finding: Finding,
  { name, from, to }: Run,
  items: readonly T[],
  numberOf: (item: T) => number,
): void {
  let next = from;
  for (const item of items) {
    const number = numberOf(item);
    if (number < next) finding.complain(`${name}: ${number} is there twice, or below the first`, [item], 'doubled');
    if (number > next) finding.complain(`${name}: ${next} to ${number - 1} are missing`, [item]);
    next = number + 1;
  }
  if (next !== to + 1) finding.complain(`${name}: ends at ${next - 1}, the counter says ${to}`, items.slice(-1));
}
