import { openDB, type IDBPDatabase, type IDBPObjectStore } from 'idb';
import type { ClientStorage, StorageWrite, StoreName } from '../api.js';
import { memoryStorage } from './memory.js';

/** Raised with every new store. */
const VERSION = 2;
const STORES: readonly StoreName[] = [
  'outbox',
  'acknowledged',
  'drafts',
  'rows',
  'messages',
  'people',
  'members',
  'meta',
];
/** A browser in trouble may leave the question unanswered; the page must not wait for ever. */
const OPEN_MS = 5_000;

/**
 * The browser's database, or memory (with `durable` false) where it is refused. `persist` asks the browser not to evict
 * it, which some show to the person.
 */
export async function openIndexedDbStorage(name: string, { persist = false } = {}): Promise<ClientStorage> {
  try {
    const storage = new IndexedDbStorage(name);
    await inTime(storage.open(), OPEN_MS);
    if (persist) void globalThis.navigator.storage.persist().catch(() => false);
    return storage;
  } catch {
    return memoryStorage();
  }
}

class IndexedDbStorage implements ClientStorage {
  readonly durable = true;
  private database: Promise<IDBPDatabase> | null = null;
  private closed = false;

  constructor(private readonly name: string) {}

  /** Opened again when it was closed for another tab's upgrade, or by the browser. */
  open(): Promise<IDBPDatabase> {
    if (this.closed) return Promise.reject(new Error('The storage is closed.'));
    this.database ??= openDB(this.name, VERSION, {
      upgrade: (database) => {
        for (const store of STORES) if (!database.objectStoreNames.contains(store)) database.createObjectStore(store);
      },
      // Another tab brings a newer version: make way at once, or it would wait for this one to be closed.
      blocking: (_old, _new, event) => {
        (event.target as IDBDatabase).close();
        this.database = null;
      },
      terminated: () => (this.database = null),
    }).catch((error: unknown) => {
      this.database = null;
      throw error;
    });
    return this.database;
  }

  async get<T>(store: StoreName, key: string): Promise<T | undefined> {
    return (await (await this.reading(store)).get(key)) as T | undefined;
  }

  async list<T>(store: StoreName, prefix: string, last?: number): Promise<T[]> {
    const reading = await this.reading(store);
    if (last === undefined) return (await reading.getAll(rangeOf(prefix))) as T[];
    const values: T[] = [];
    let cursor = await reading.openCursor(rangeOf(prefix), 'prev');
    while (cursor !== null && values.length < last) {
      values.push(cursor.value as T);
      cursor = await cursor.continue();
    }
    return values.reverse();
  }

  async write(writes: readonly StorageWrite[]): Promise<void> {
    if (writes.length === 0) return;
    const database = await this.open();
    const transaction = database.transaction([...new Set(writes.map((write) => write.store))], 'readwrite');
    try {
      // What became of each is told by the transaction as a whole.
      for (const write of writes) apply(transaction.objectStore(write.store), write).catch(() => {});
      // A page that goes away takes with it what it has not told to commit.
      transaction.commit();
      await transaction.done;
    } catch (error) {
      abandon(transaction);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    const database = await this.database?.catch(() => null);
    database?.close();
  }

  /** A reading that is cut short is told by its requests; its transaction is waited for by nobody. */
  private async reading(store: StoreName) {
    const transaction = (await this.open()).transaction(store);
    transaction.done.catch(() => {});
    return transaction.store;
  }
}

function apply(
  store: IDBPObjectStore<unknown, StoreName[], StoreName, 'readwrite'>,
  write: StorageWrite,
): Promise<unknown> {
  if ('prefix' in write) return store.delete(rangeOf(write.prefix));
  return write.value === undefined ? store.delete(write.key) : store.put(write.value, write.key);
}

function rangeOf(prefix: string): IDBKeyRange {
  return IDBKeyRange.bound(prefix, `${prefix}\uffff`);
}

async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>(
    (_, reject) => (timer = setTimeout(() => reject(new Error('The storage does not answer.')), ms)),
  );
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** What was asked for before the one that failed must not be stored either. */
function abandon(transaction: { abort(): void; done: Promise<void> }): void {
  transaction.done.catch(() => {});
  try {
    transaction.abort();
  } catch {
    // It is over already.
  }
}
