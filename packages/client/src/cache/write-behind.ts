import type { ClientStorage, StorageWrite, StoreName } from '../api.js';
import { Timer } from '../wire/backoff.js';

const DELAY_MS = 300;

/** Read when it is written, so that what belongs together agrees. */
type Waiting = () => StorageWrite;

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

  /** `read` gives the value; undefined deletes. */
  put(store: StoreName, key: string, read: () => unknown): void {
    this.wait(nameOf(store, key), () => ({ store, key, value: read() }));
  }

  delete(store: StoreName, key: string): void {
    this.put(store, key, () => undefined);
  }

  /** Together with what is put after it: the disk is never seen between the two. */
  deletePrefix(store: StoreName, prefix: string): void {
    const name = nameOf(store, prefix);
    for (const waiting of this.waiting.keys()) if (waiting.startsWith(name)) this.waiting.delete(waiting);
    this.wait(`${name}*`, () => ({ store, prefix }));
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
    const writes = batch.map((read) => read());
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

  private wait(name: string, write: Waiting): void {
    if (!this.on) return;
    this.waiting.set(name, write);
    if (!this.timer.running) this.timer.set(DELAY_MS, () => void this.flush());
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

const nameOf = (store: StoreName, key: string): string => `${store}/${key}`;
