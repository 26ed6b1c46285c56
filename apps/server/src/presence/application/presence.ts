// Docs: docs/realtime-protocol.md, docs/decisions/0044-presence-by-lease.md
import type { OtherNodes } from '../domain/other-nodes.js';
import type { Announcements, NodeCensus } from './ports.js';
import type { Roster } from './roster.js';
import type { Watches } from './watches.js';

/** What happens when sockets come and go, and when other nodes speak or fall silent. */
export class Presence<W extends object> {
  constructor(
    private readonly roster: Roster,
    private readonly others: OtherNodes,
    private readonly census: NodeCensus,
    private readonly announcements: Announcements,
    private readonly watches: Watches<W>,
  ) {}

  arrived(userId: number): void {
    if (this.roster.arrived(userId)) this.changedHere([userId]);
  }

  left(userId: number): void {
    this.roster.left(userId);
  }

  /** Another node has told all its people. */
  heardList(node: string, n: number, users: readonly number[]): void {
    // Its people may be known, but not that they were all: with it, who is nowhere is offline.
    const isNew = !this.others.knows(node);
    const changed = this.others.list(node, n, users);
    if (isNew) this.watches.recheckAll();
    else this.watches.recheck(changed);
  }

  heardChange(node: string, n: number, here: readonly number[], gone: readonly number[]): void {
    this.watches.recheck(this.others.change(node, n, here, gone));
  }

  /** The other nodes can be heard, or cannot any more. */
  connectionChanged(): void {
    this.watches.recheckAll();
  }

  /** Once a second: who stays away, and which node stays silent. */
  sweep(): void {
    this.changedHere(this.roster.takeGone());
    if (this.others.expire()) this.watches.recheckAll();
  }

  /** Several times in a lease. */
  async renew(): Promise<void> {
    this.announcements.renew();
    this.watches.expire();
    if (!this.watches.isEmpty) await this.count();
  }

  /** Which nodes there are, if that was not looked up a moment ago. */
  async count(): Promise<void> {
    if (await this.census.look()) this.watches.recheckAll();
  }

  private changedHere(userIds: readonly number[]): void {
    if (userIds.length === 0) return;
    this.announcements.changed(userIds);
    this.watches.recheck(userIds);
  }
}
