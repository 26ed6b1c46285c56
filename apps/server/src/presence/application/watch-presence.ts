import type { Input, Output, PresenceState, watchPresence } from '@tertulia/contract';
import type { Actor } from '../../shared/actor.js';
import type { Acquaintances } from './ports.js';
import type { Presence } from './presence.js';
import type { Watches } from './watches.js';

export class WatchPresence<W extends object> {
  /** The last question of each watcher: its watch is the one that counts. */
  private readonly asking = new WeakMap<W, object>();

  constructor(
    private readonly acquaintances: Acquaintances,
    private readonly presence: Presence<W>,
    private readonly watches: Watches<W>,
  ) {}

  async execute(
    actor: Actor,
    { users }: Input<typeof watchPresence>,
    watcher: W,
  ): Promise<Output<typeof watchPresence>> {
    const question = {};
    this.asking.set(watcher, question);
    const [people] = await Promise.all([this.acquaintances.among(actor.userId, users), this.presence.count()]);
    // Closed meanwhile, or asked again: this one must not stand in the way.
    const isLast = this.asking.get(watcher) === question;
    const states = isLast ? this.watches.watch(watcher, people) : new Map<string, PresenceState>();
    return { users: users.map((user) => ({ user, state: states.get(user) ?? 'unknown' })) };
  }

  closed(watcher: W): void {
    this.asking.delete(watcher);
    this.watches.drop(watcher);
  }
}
