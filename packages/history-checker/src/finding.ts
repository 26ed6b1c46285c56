import type { RecordedEntry } from './history.js';
import type { IndexedHistory } from './indexed-history.js';

export type Effect = 'lost' | 'doubled' | 'disordered';

export interface Violation {
  /** 1 to 15. */
  invariant: number;
  message: string;
  /** What shows it. */
  entries: readonly RecordedEntry[];
  /** What it did to a message, if it is one of these. */
  effect?: Effect;
}

/** What came of looking. Nothing looked at is not the same as nothing found. */
export class Finding {
  examined = 0;
  readonly complaints: Omit<Violation, 'invariant'>[] = [];

  complain(message: string, entries: readonly RecordedEntry[], effect?: Effect): void {
    this.complaints.push({ message, entries, ...(effect && { effect }) });
  }
}

/** One statement of an invariant. */
export interface Clause {
  invariant: number;
  says: string;
  look: (history: IndexedHistory) => Finding;
}
