import type { PresenceState } from '@tertulia/contract';
import type { OtherNodes } from '../domain/other-nodes.js';
import type { LocalSockets, NodeCensus } from './ports.js';

/** Who comes back within this time was never away: a reload, a change of network, a move to another node. */
const GRACE_MS = 5_000;

/** Who is online, as far as this node can know. */
export class Roster {
  /** People of this node, those whose grace is running included. */
  private readonly here = new Set<number>();
  /** Whose last socket has closed, and until when that is not told. */
  private readonly leaving = new Map<number, number>();

  constructor(
    private readonly sockets: LocalSockets,
    private readonly others: OtherNodes,
    private readonly census: NodeCensus,
    private readonly isConnected: () => boolean,
    private readonly now: () => number,
  ) {}

  /** "Offline" is said only when every node that could hold the person is heard. */
  stateOf(userId: number): PresenceState {
    if (this.here.has(userId)) return 'online';
    if (this.isConnected() && this.others.has(userId)) return 'online';
    return this.hearsEverybody() ? 'offline' : 'unknown';
  }

  isHere(userId: number): boolean {
    return this.here.has(userId);
  }

  get everybodyHere(): number[] {
    return [...this.here];
  }

  /** True when the user was not here before. */
  arrived(userId: number): boolean {
    this.leaving.delete(userId);
    const isNew = !this.here.has(userId);
    this.here.add(userId);
    return isNew;
  }

  /** A socket has closed. Another one of the same user may be open, or be opening. */
  left(userId: number): void {
    if (this.here.has(userId) && !this.sockets.areOf(userId)) this.leaving.set(userId, this.now() + GRACE_MS);
  }

  /** Whose grace has run out since the last time. */
  takeGone(): number[] {
    const over = [...this.leaving].filter(([, until]) => until <= this.now()).map(([userId]) => userId);
    for (const userId of over) this.leaving.delete(userId);
    const gone = over.filter((userId) => !this.sockets.areOf(userId));
    for (const userId of gone) this.here.delete(userId);
    return gone;
  }

  private hearsEverybody(): boolean {
    const nodes = this.census.others;
    if (nodes === null) return false;
    return nodes.length === 0 || (this.isConnected() && nodes.every((node) => this.others.knows(node)));
  }
}
