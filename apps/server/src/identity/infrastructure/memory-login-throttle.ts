import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../shared/app-error.js';
import { LoginThrottle, type Attempt } from '../application/ports.js';

/** Failures that are free; each one after doubles the wait, up to five minutes. Nobody is locked out for good. */
const FREE_FAILURES = 5;
const LONGEST_WAIT_S = 300;

/** Per account (and known device of it), and per address. Counts live in this process: enough to make guessing hopeless. */
export class MemoryLoginThrottle extends LoginThrottle {
  private readonly failures = new RateLimiterMemory({ points: 1_000_000, duration: 3_600 });
  private readonly waits = new RateLimiterMemory({ points: 1, duration: LONGEST_WAIT_S });
  private readonly addresses = new RateLimiterMemory({ points: 100, duration: 300 });
  private readonly registrations = new RateLimiterMemory({ points: 200, duration: 3_600 });

  private readonly recoveries = new RateLimiterMemory({ points: 3, duration: 3_600 });
  private readonly recoveryAddresses = new RateLimiterMemory({ points: 30, duration: 3_600 });

  async admit({ address, ...account }: Attempt): Promise<void> {
    const wait = await this.waits.get(key(account));
    if (wait && wait.consumedPoints > 0 && wait.msBeforeNext > 0) throw tooMany(wait.msBeforeNext);
    const seen = await this.addresses.get(address);
    if (seen && seen.remainingPoints <= 0) throw tooMany(seen.msBeforeNext);
  }

  async failed({ address, ...account }: Attempt): Promise<void> {
    await this.addresses.penalty(address);
    const { consumedPoints } = await this.failures.penalty(key(account));
    if (consumedPoints > FREE_FAILURES)
      await this.waits.block(key(account), Math.min(LONGEST_WAIT_S, 2 ** (consumedPoints - FREE_FAILURES - 1)));
  }

  async succeeded(account: Attempt): Promise<void> {
    await this.failures.delete(key(account));
    await this.waits.delete(key(account));
  }

  admitRegistration(address: string): Promise<void> {
    return take(this.registrations, address);
  }

  async admitRecovery(email: string, address: string): Promise<void> {
    await take(this.recoveryAddresses, address);
    await take(this.recoveries, folded(email));
  }
}

async function take(limiter: RateLimiterMemory, of: string): Promise<void> {
  try {
    await limiter.consume(of);
  } catch (refused) {
    throw tooMany(refused instanceof RateLimiterRes ? refused.msBeforeNext : 1_000);
  }
}

const folded = (email: string): string => email.trim().toLowerCase();
const key = ({ email, known }: Omit<Attempt, 'address'>): string =>
  known === null ? folded(email) : `${folded(email)} ${known}`;
const tooMany = (ms: number): AppError =>
  new AppError('too_many_attempts', { retryAfter: Math.max(1, Math.ceil(ms / 1000)) });
