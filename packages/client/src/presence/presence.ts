import { limits, type PersonPresence, type PresenceState } from '@tertulia/contract';
import { backoffMs, shouldRetry, Timer } from '../wire/backoff.js';
import type { OutputOf } from '../wire/routes.js';

/** A burst of reasons asks once. */
const BATCH_MS = 200;
/** Well before the server lets a watch end. */
const RENEW_MS = limits.presenceWatch / 2;

export interface PresenceOptions {
  watch: (users: string[]) => Promise<OutputOf<'watchPresence'>>;
  isOnline: () => boolean;
  random: () => number;
  changed: () => void;
}

/** How the people are that somebody looks at. Without a connection, or an answer, they are unknown. */
export class Presence {
  private wanted: readonly string[] = [];
  private states = new Map<string, PresenceState>();
  private readonly timer = new Timer();
  private attempts = 0;
  /** Raised by every question: the answer to an older one is no news. */
  private question = 0;

  constructor(private readonly options: PresenceOptions) {}

  /** Those of whom something is known. */
  get known(): Readonly<Record<string, PresenceState>> {
    return Object.fromEntries(this.states);
  }

  watch(users: readonly string[]): void {
    const wanted = [...new Set(users)].slice(0, limits.presenceUsers);
    if (wanted.length === this.wanted.length && wanted.every((user) => this.wanted.includes(user))) return;
    this.wanted = wanted;
    this.keepOnly(wanted);
    this.askIn(BATCH_MS);
  }

  /** The connection is there: whatever was watched over the last one is not watched any more. */
  ready(): void {
    this.attempts = 0;
    if (this.wanted.length > 0) this.askIn(0);
  }

  heard(people: readonly PersonPresence[]): void {
    const wanted = people.filter(({ user }) => this.wanted.includes(user));
    for (const { user, state } of wanted) this.states.set(user, state);
    if (wanted.length > 0) this.options.changed();
  }

  clear(): void {
    this.timer.clear();
    this.question += 1;
    this.keepOnly([]);
  }

  private askIn(ms: number): void {
    if (this.options.isOnline()) this.timer.set(ms, () => void this.ask());
  }

  private async ask(): Promise<void> {
    const question = (this.question += 1);
    try {
      const { users } = await this.options.watch([...this.wanted]);
      if (question !== this.question) return;
      this.attempts = 0;
      this.heard(users);
      if (this.wanted.length > 0) this.askIn(RENEW_MS);
    } catch (error) {
      if (question === this.question && shouldRetry(error))
        this.askIn(backoffMs(this.attempts++, this.options.random) + BATCH_MS);
    }
  }

  private keepOnly(users: readonly string[]): void {
    const before = this.states.size;
    this.states = new Map([...this.states].filter(([user]) => users.includes(user)));
    if (this.states.size < before) this.options.changed();
  }
}
