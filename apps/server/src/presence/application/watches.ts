import { limits, type PersonPresence, type PresenceState } from '@tertulia/contract';

const BATCH_MS = 200;
/** Watchers told before the event loop turns. */
const SLICE = 500;

interface Watched<W> {
  user: string;
  /** What every watcher holds, or will hold once the news under way have arrived. */
  told: PresenceState;
  watchers: Set<W>;
}

interface Watch {
  userIds: number[];
  until: number;
}

/** Who wants to know about whom on this node. Only changes are told, gathered for a moment, and only to those. */
export class Watches<W extends object> {
  private readonly watched = new Map<number, Watched<W>>();
  private readonly watches = new Map<W, Watch>();
  private readonly stale = new Set<number>();
  private soon: NodeJS.Timeout | null = null;
  private telling: Promise<void> = Promise.resolve();

  constructor(
    private readonly stateOf: (userId: number) => PresenceState,
    private readonly tell: (watcher: W, changes: PersonPresence[]) => void,
    private readonly now: () => number,
  ) {}

  get isEmpty(): boolean {
    return this.watches.size === 0;
  }

  /** Replaces what the watcher watched before; answers the states from which the changes go on. */
  watch(watcher: W, people: ReadonlyMap<string, number>): Map<string, PresenceState> {
    const before = this.watches.get(watcher)?.userIds ?? [];
    const states = new Map([...people].map(([user, userId]) => [user, this.add(watcher, user, userId)]));
    const userIds = [...people.values()];
    this.watches.set(watcher, { userIds, until: this.now() + limits.presenceWatch });
    const kept = new Set(userIds);
    for (const userId of before) if (!kept.has(userId)) this.remove(watcher, userId);
    return states;
  }

  drop(watcher: W): void {
    const watch = this.watches.get(watcher);
    this.watches.delete(watcher);
    for (const userId of watch?.userIds ?? []) this.remove(watcher, userId);
  }

  /** Whoever shares no conversation any more is not watched for ever: each watch is asked for anew, or ends. */
  expire(): void {
    for (const [watcher, { until }] of this.watches) if (until <= this.now()) this.drop(watcher);
  }

  recheck(userIds: Iterable<number>): void {
    for (const userId of userIds) if (this.watched.has(userId)) this.stale.add(userId);
    if (this.stale.size > 0) this.soon ??= setTimeout(() => this.flush(), BATCH_MS).unref();
  }

  recheckAll(): void {
    this.recheck(this.watched.keys());
  }

  private add(watcher: W, user: string, userId: number): PresenceState {
    const watched = this.watched.get(userId) ?? { user, told: this.stateOf(userId), watchers: new Set<W>() };
    this.watched.set(userId, watched);
    watched.watchers.add(watcher);
    return watched.told;
  }

  private remove(watcher: W, userId: number): void {
    const watched = this.watched.get(userId);
    watched?.watchers.delete(watcher);
    if (watched?.watchers.size === 0) this.watched.delete(userId);
  }

  private flush(): void {
    this.soon = null;
    const news = new Map<W, PersonPresence[]>();
    for (const userId of this.stale) this.collect(userId, news);
    this.stale.clear();
    // After the news before: an older state must not arrive last.
    this.telling = this.telling.then(() => this.tellAll([...news]));
  }

  private collect(userId: number, news: Map<W, PersonPresence[]>): void {
    const watched = this.watched.get(userId);
    const state = this.stateOf(userId);
    if (!watched || watched.told === state) return;
    watched.told = state;
    const change = { user: watched.user, state };
    for (const watcher of watched.watchers) {
      const changes = news.get(watcher);
      if (changes) changes.push(change);
      else news.set(watcher, [change]);
    }
  }

  private async tellAll(news: [W, PersonPresence[]][]): Promise<void> {
    for (const [index, [watcher, changes]] of news.entries()) {
      if (index > 0 && index % SLICE === 0) await new Promise(setImmediate);
      this.tell(watcher, changes);
    }
  }
}
