import type { ClientStorage, StorageWrite, StoreName } from '../api.js';

/**
 * What must not get lost (outbox and drafts) on a storage that may refuse. After a refusal everything lives in memory,
 * in the modules that own it, and `lost` is told once.
 */
export class CarefulStorage {
  private refused = false;
  /** One after the other: what was typed first is stored first, and a reading sees what was written before it. */
  private tail: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly storage: ClientStorage,
    private readonly lost: (reason: unknown) => void,
  ) {}

  get durable(): boolean {
    return this.storage.durable && !this.refused;
  }

  write(writes: readonly StorageWrite[]): Promise<void> {
    return this.enqueue(() => this.storage.write(writes), undefined);
  }

  list<T>(store: StoreName, prefix: string, last?: number): Promise<T[]> {
    return this.enqueue(() => this.storage.list<T>(store, prefix, last), []);
  }

  /** Resolves when all that was asked for so far is done. */
  async settled(): Promise<void> {
    await this.tail;
  }

  private enqueue<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    const result = this.tail
      .then(() => (this.refused ? otherwise : work()))
      .catch((error: unknown) => {
        if (!this.refused) this.lost(error);
        this.refused = true;
        return otherwise;
      });
    this.tail = result;
    return result;
  }
}
