import { CommandError } from '../api.js';
import type { WithLock } from '../ports.js';
import { askedDelayMs, backoffMs, shouldRetry, Timer } from '../wire/backoff.js';
import type { Entry } from './entry.js';
import { SharedLock } from './shared-lock.js';

export interface LanesOptions {
  withLock: WithLock;
  lockName: string;
  random: () => number;
  taken: () => Promise<void>;
  next: (conversation: string) => Entry | null;
  attempt: (entry: Entry) => Promise<void>;
  failed: (entry: Entry, error: CommandError) => Promise<void>;
}

/** One lane per conversation, one command at a time in each. A lane that meets bad weather waits and tries again. */
export class Lanes {
  private readonly running = new Map<string, boolean>();
  private readonly waits = new Map<string, Timer>();
  private readonly attempts = new Map<string, number>();
  /** Raised when the weather changed: who failed before it has not tried since. */
  private weather = 0;
  private readonly lock: SharedLock;
  private closed = false;

  constructor(private readonly options: LanesOptions) {
    this.lock = new SharedLock(options.withLock, options.lockName, options.taken);
  }

  /** Starts the lane unless it runs, or waits for better weather. */
  kick(conversation: string): void {
    if (this.closed || this.waits.has(conversation)) return;
    if (this.running.has(conversation)) this.running.set(conversation, true);
    else if (this.options.next(conversation) !== null) void this.run(conversation);
  }

  /** The weather changed: nobody waits any more. */
  reset(): void {
    this.weather += 1;
    for (const timer of this.waits.values()) timer.clear();
    this.waits.clear();
    this.attempts.clear();
  }

  close(): void {
    this.closed = true;
    this.reset();
  }

  private async run(conversation: string): Promise<void> {
    this.running.set(conversation, false);
    await this.lock.enter();
    try {
      let entry = this.options.next(conversation);
      while (entry !== null && !this.closed && (await this.pass(entry))) entry = this.options.next(conversation);
    } finally {
      this.lock.leave();
    }
    const again = this.running.get(conversation) === true;
    this.running.delete(conversation);
    if (again) this.kick(conversation);
  }

  /** False when the lane must wait. */
  private async pass(entry: Entry): Promise<boolean> {
    const { weather } = this;
    try {
      await this.options.attempt(entry);
      this.attempts.delete(entry.conversation);
      return true;
    } catch (error) {
      if (this.closed) return false;
      if (!shouldRetry(error)) {
        await this.options.failed(entry, refusalOf(error));
        return true;
      }
      if (weather !== this.weather) return true;
      this.wait(entry.conversation, error);
      return false;
    }
  }

  private wait(conversation: string, error: unknown): void {
    const attempt = this.attempts.get(conversation) ?? 0;
    this.attempts.set(conversation, attempt + 1);
    const asked = error instanceof CommandError ? askedDelayMs(error.data) : 0;
    const timer = new Timer();
    this.waits.set(conversation, timer);
    timer.set(asked + backoffMs(attempt, this.options.random), () => {
      this.waits.delete(conversation);
      this.kick(conversation);
    });
  }
}

const refusalOf = (error: unknown): CommandError =>
  error instanceof CommandError ? error : new CommandError('internal', String(error));
