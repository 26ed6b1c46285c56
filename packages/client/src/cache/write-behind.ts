import type { ClientStorage, StorageWrite, StoreName } from '../api.js';
import { Timer } from '../wire/backoff.js';

const DELAY_MS = 300;

interface Waiting {
  store: StoreName;
  key: string;
  /** Read when it is written, so that what belongs together agrees. Undefined deletes. */
  read: () => unknown;
}

/**
 * The cache on disk, written in batches and one after the other. It may be lost at any time: when the storage refuses,
 * caching simply ends. Where nothing outlives the process there is nothing to cache.
 */
export class WriteBehind {
  private waiting = new Map<string, Waiting>();
  private tail: Promise<unknown> = Promise.resolve();
  private readonly timer = new Timer();
  private on: boolean;

  constructor(
    private readonly storage: ClientStorage,
    private readonly log: (message: string, detail?: unknown) => void,
  ) {
    this.on = storage.durable;
  }

  get enabled(): boolean {
    return this.on;
  }

  put(store: StoreName, key: string, read: () => unknown): void {
    if (!this.on) return;
    this.waiting.set(`${store}/${key}`, { store, key, read });
    if (!this.timer.running) this.timer.set(DELAY_MS, () => void this.flush());
  }

  delete(store: StoreName, key: string): void {
    this.put(store, key, () => undefined);
  }

  async deletePrefix(store: StoreName, prefix: string): Promise<void> {
    for (const [name, { key }] of this.waiting)
      if (name.startsWith(`${store}/`) && key.startsWith(prefix)) this.waiting.delete(name);
    await this.enqueue(() => this.storage.deletePrefix(store, prefix), undefined);
  }

  async get<T>(store: StoreName, key: string): Promise<T | undefined> {
    await this.flush();
    return this.enqueue(() => this.storage.get<T>(store, key), undefined);
  }

  async list<T>(store: StoreName, prefix: string, last?: number): Promise<T[]> {
    await this.flush();
    return this.enqueue(() => this.storage.list<T>(store, prefix, last), []);
  }

  flush(): Promise<void> {
    this.timer.clear();
    const batch = [...this.waiting.values()];
    this.waiting = new Map();
    if (batch.length === 0) return Promise.resolve();
    const writes = batch.map(({ store, key, read }): StorageWrite => ({ store, key, value: read() }));
    return this.enqueue(() => this.storage.write(writes), undefined);
  }

  /** Stops for good; what waits is written unless it is to be forgotten. */
  async close(forget: boolean): Promise<void> {
    if (forget) this.waiting.clear();
    await this.flush();
    this.on = false;
    this.timer.clear();
    await this.tail;
  }

  private enqueue<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    const result = this.tail
      .then(() => (this.on ? work() : otherwise))
      .catch((error: unknown) => {
        this.log('the cache is off', error);
        this.on = false;
        return otherwise;
      });
    this.tail = result;
    return result;
  }
}
