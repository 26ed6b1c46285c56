import { isStored } from './commands.js';
import type { Clause, Effect, Violation } from './finding.js';
import type { RecordedEntry } from './history.js';
import { IndexedHistory, type Receive } from './indexed-history.js';
import { clauses } from './invariants.js';

export interface Judgement {
  invariant: number;
  says: string;
  /** How many things were looked at. 0: the history says nothing about it, so it is not applicable. */
  examined: number;
  violations: readonly Violation[];
}

export interface Counts extends Record<Effect, number> {
  sent: number;
  acknowledged: number;
  /** Messages that reached a client, live or by sync. */
  delivered: number;
}

export interface Report {
  counts: Counts;
  judgements: readonly Judgement[];
  violations: readonly Violation[];
  /** The invariants of which the history says nothing. */
  notApplicable: readonly number[];
}

/** Call it after all outboxes are empty: what is still on its way would count as lost. */
export function check(entries: readonly RecordedEntry[]): Report {
  const history = new IndexedHistory(entries);
  const judgements = clauses.map((clause) => judge(clause, history));
  const violations = judgements.flatMap((judgement) => judgement.violations);
  const applicable = new Set(judgements.filter(({ examined }) => examined > 0).map(({ invariant }) => invariant));
  const all = new Set(clauses.map(({ invariant }) => invariant));
  return {
    counts: countIn(history, violations),
    judgements,
    violations,
    notApplicable: [...all].filter((invariant) => !applicable.has(invariant)),
  };
}

function judge({ invariant, says, look }: Clause, history: IndexedHistory): Judgement {
  const { examined, complaints } = look(history);
  return { invariant, says, examined, violations: complaints.map((complaint) => ({ invariant, ...complaint })) };
}

const isDelivery = ({ via, kind }: Receive): boolean => via !== 'page' && kind === 'message:created';

function countIn({ sends, streams }: IndexedHistory, violations: readonly Violation[]): Counts {
  const effects = (effect: Effect): number => violations.filter((violation) => violation.effect === effect).length;
  return {
    sent: sends.length,
    acknowledged: sends.filter(isStored).length,
    delivered: streams.reduce((sum, { receives }) => sum + receives.filter(isDelivery).length, 0),
    lost: effects('lost'),
    doubled: effects('doubled'),
    disordered: effects('disordered'),
  };
}
