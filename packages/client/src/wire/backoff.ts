import { mayRetry } from '@tertulia/contract';
import { CommandError } from '../api.js';

const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** Full jitter: anything between nothing and the doubling bound, so that a herd spreads. */
export function backoffMs(attempt: number, random: () => number): number {
  return random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 16));
}

/** What the server asked for (`retryAfter` or `after`, in seconds), or nothing. */
export function askedDelayMs(data: unknown): number {
  const { retryAfter, after } = (data ?? {}) as { retryAfter?: unknown; after?: unknown };
  const seconds = [retryAfter, after].find((value) => typeof value === 'number' && value >= 0);
  return typeof seconds === 'number' ? seconds * 1000 : 0;
}

/** True when the same command, under the same id, should be sent again later. Only a definite refusal is final. */
export function shouldRetry(error: unknown): boolean {
  if (!(error instanceof CommandError)) return false;
  return (
    error.code === 'offline' ||
    error.code === 'unauthenticated' ||
    error.code === 'token_expired' ||
    error.code === 'session_ended' ||
    error.code === 'outdated_client' ||
    mayRetry(error.code)
  );
}

/** One timer at a time; setting it anew forgets the one before. */
export class Timer {
  private handle: ReturnType<typeof setTimeout> | null = null;

  set(ms: number, work: () => void): void {
    this.clear();
    this.handle = setTimeout(() => {
      this.handle = null;
      work();
    }, ms);
  }

  get running(): boolean {
    return this.handle !== null;
  }

  clear(): void {
    if (this.handle !== null) clearTimeout(this.handle);
    this.handle = null;
  }
}
