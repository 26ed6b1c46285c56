import { groupBy } from './group-by.js';
import type { EntryOf } from './history.js';

/**
 * Numbers hold within the life of one database: after an older copy was put back, a seq may name another message, and of
 * what was acknowledged before only what the copy has is left. Each entry belongs to the epoch that its client knew. The
 * final rows are of the last one; which commands they must know of is said by Outcomes, which message a number meant by
 * Places.
 */
export class Epochs {
  /** The one of the final rows. */
  readonly last: string;
  private readonly ofClients: Map<string, EntryOf<'epoch'>[]> | null;

  constructor(entries: readonly EntryOf<'epoch'>[]) {
    this.last = entries.at(-1)?.epoch ?? '';
    const onlyOne = entries.every(({ epoch }) => epoch === this.last);
    this.ofClients = onlyOne ? null : groupBy(entries, ({ client }) => client);
  }

  /** What came before a client was told the first time, came from the same server. One that never was has its own. */
  at(client: string, t: number): string {
    if (!this.ofClients) return this.last;
    const own = this.ofClients.get(client) ?? [];
    const known = own.findLast((entry) => entry.t <= t) ?? own[0];
    return known?.epoch ?? `unknown to ${client}`;
  }

  of({ client, t }: { client: string; t: number }): string {
    return this.at(client, t);
  }

  isLast(client: string, t: number): boolean {
    return this.at(client, t) === this.last;
  }
}
