import { groupBy } from './group-by.js';
import type { EntryOf } from './history.js';

/**
 * Numbers hold within the life of one database: after an older copy was put back, a seq may name another message. A
 * client that never said which epoch it knew, knew the first.
 */
export class Epochs {
  private readonly first: string;
  /** The one of the final rows. */
  readonly last: string;
  private readonly ofClients: Map<string, EntryOf<'epoch'>[]> | null;

  constructor(entries: readonly EntryOf<'epoch'>[]) {
    this.first = entries[0]?.epoch ?? '';
    this.last = entries.at(-1)?.epoch ?? '';
    const onlyOne = entries.every(({ epoch }) => epoch === this.first);
    this.ofClients = onlyOne ? null : groupBy(entries, ({ client }) => client);
  }

  at(client: string, t: number): string {
    if (!this.ofClients) return this.last;
    const known = this.ofClients.get(client)?.findLast((entry) => entry.t <= t);
    return known?.epoch ?? this.first;
  }

  isLast(client: string, t: number): boolean {
    return this.ofClients === null || this.at(client, t) === this.last;
  }
}
