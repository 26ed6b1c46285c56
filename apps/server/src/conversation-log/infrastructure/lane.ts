import { AppError } from '../../shared/app-error.js';
import { databaseErrorCode } from '../../platform/database/database-errors.js';

const MAX_BYTES = 262_144;
const MAX_WAITING = 20_000;
const MAX_WAIT_MS = 5_000;

/** How one kind of command is stored: many at once, in one autocommitted statement. */
export interface Batcher<I, R> {
  /** Items of one flight; 1: each goes alone. */
  readonly max: number;
  bytes(item: I): number;
  /** One result per item, in order. Throws when nothing of the batch was stored, or when nobody knows. */
  store(items: readonly I[]): Promise<R[]>;
}

interface Waiting {
  batcher: Batcher<unknown, unknown>;
  item: unknown;
  since: number;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/**
 * The one queue through which everything is appended: first in, first out, one flight at a time, no timer. What queues up
 * during a flight is the next batch, so batches grow with the load and a single command waits for nothing.
 */
export class Lane {
  private queue: Waiting[] = [];
  private flying: Promise<void> | null = null;
  private closed = false;

  /** Resolves after the commit. Rejects with a named error; `outcome_unknown` when the commit may have happened. */
  append<I, R>(batcher: Batcher<I, R>, item: I): Promise<R> {
    if (this.closed) return Promise.reject(new AppError('moved'));
    if (this.queue.length >= MAX_WAITING) return Promise.reject(new AppError('busy', { after: 1 }));
    return new Promise((resolve, reject) => {
      this.queue.push({ batcher, item, since: Date.now(), resolve, reject });
      this.flying ??= this.fly();
    });
  }

  /** Refuses what comes from now on and finishes what is queued. */
  async close(): Promise<void> {
    this.closed = true;
    while (this.flying) await this.flying;
  }

  private async fly(): Promise<void> {
    // What arrives in the same turn of the event loop shares the flight.
    await Promise.resolve();
    while (this.queue.length > 0) {
      const batch = this.nextBatch();
      if (batch.length > 0) await storeBatch(batch);
    }
    this.flying = null;
  }

  private nextBatch(): Waiting[] {
    const tooOld = Date.now() - MAX_WAIT_MS;
    const first = this.queue[0];
    const batch: Waiting[] = [];
    let bytes = 0;
    let taken = 0;
    for (const waiting of this.queue) {
      if (waiting.batcher !== first?.batcher || batch.length >= waiting.batcher.max) break;
      bytes += waiting.batcher.bytes(waiting.item);
      if (batch.length > 0 && bytes > MAX_BYTES) break;
      taken += 1;
      if (waiting.since < tooOld) waiting.reject(new AppError('busy', { after: 1 }));
      else batch.push(waiting);
    }
    this.queue = this.queue.slice(taken);
    return batch;
  }
}

async function storeBatch(batch: readonly Waiting[]): Promise<void> {
  try {
    const results = await batch[0]!.batcher.store(batch.map((waiting) => waiting.item));
    batch.forEach((waiting, index) => waiting.resolve(results[index]));
  } catch (error) {
    // A refusal of the statement itself may be the fault of one item; a broken or unreachable database is not.
    if (batch.length > 1 && databaseErrorCode(error) === null) {
      for (const waiting of batch) await storeBatch([waiting]);
    } else {
      batch.forEach((waiting) => waiting.reject(error));
    }
  }
}

/** For the rarer commands: each a call of one database function, alone in its flight. */
export const singleCall: Batcher<() => Promise<unknown>, unknown> = {
  max: 1,
  bytes: () => 0,
  store: async ([call]) => [await call!()],
};
