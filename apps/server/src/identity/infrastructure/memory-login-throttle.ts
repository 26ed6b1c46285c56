import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../shared/app-error.js';
import { LoginThrottle } from '../application/ports.js';

/** Failures that are free; each one after doubles the wait, up to five minutes. Nobody is locked out for good. */
const FREE_FAILURES = 5;
const LONGEST_WAIT_S = 300;

/** Per account and address, per account, per address. Counts live in this process: enough to make guessing hopeless. */
export class MemoryLoginThrottle extends LoginThrottle {
  private readonly failures = new RateLimiterMemory({ points: 1_000_000, duration: 3_600 });
  private readonly waits = new RateLimiterMemory({ points: 1, duration: LONGEST_WAIT_S });
  private readonly addresses = new RateLimiterMemory({ points: 100, duration: 300 });
  private readonly registrations = new RateLimiterMemory({ points: 200, duration: 3_600 });

  async admit(email: string, address: string): Promise<void> {
    const wait = await this.waits.get(key(email));
    if (wait && wait.consumedPoints > 0 && wait.msBeforeNext > 0) throw tooMany(wait.msBeforeNext);
    const seen = await this.addresses.get(address);
    if (seen && seen.remainingPoints <= 0) throw tooMany(seen.msBeforeNext);
  }

  async failed(email: string, address: string): Promise<void> {
    await this.addresses.penalty(address);
    const { consumedPoints } = await this.failures.penalty(key(email));
    if (consumedPoints > FREE_FAILURES)
      await this.waits.block(key(email), Math.min(LONGEST_WAIT_S, 2 ** (consumedPoints - FREE_FAILURES - 1)));
  }

  async succeeded(email: string): Promise<void> {
    await this.failures.delete(key(email));
    await this.waits.delete(key(email));
  }

  async admitRegistration(address: string): Promise<void> {
    try {
      await this.registrations.consume(address);
    } catch (refused) {
      throw tooMany(refused instanceof RateLimiterRes ? refused.msBeforeNext : 1_000);
    }
  }
}

const key = (email: string): string => email.trim().toLowerCase();
const tooMany = (ms: number): AppError =>
  new AppError('too_many_attempts', { retryAfter: Math.max(1, Math.ceil(ms / 1000)) });
