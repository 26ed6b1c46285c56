import type { ClientStorage, StorageWrite, StoreName } from '../api.js';

/** Storage that lasts as long as the process: for Node, and where the browser refuses a database. */
export function memoryStorage(): ClientStorage {
  return new MemoryStorage();
}

class MemoryStorage implements ClientStorage {
  readonly durable = false;
  private readonly stores = new Map<StoreName, Map<string, unknown>>();

  get<T>(store: StoreName, key: string): Promise<T | undefined> {
    return Promise.resolve(this.store(store).get(key) as T | undefined);
  }

  list<T>(store: StoreName, prefix: string, last?: number): Promise<T[]> {
    const values = this.keys(store, prefix)
      .sort()
      .map((key) => this.store(store).get(key) as T);
    return Promise.resolve(last === undefined ? values : values.slice(Math.max(0, values.length - last)));
  }

  write(writes: readonly StorageWrite[]): Promise<void> {
    for (const write of writes) {
      const store = this.store(write.store);
      if ('prefix' in write) for (const key of this.keys(write.store, write.prefix)) store.delete(key);
      else if (write.value === undefined) store.delete(write.key);
      // A copy, as a database would make: nobody can change what was stored by changing the object.
      else store.set(write.key, structuredClone(write.value));
    }
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private keys(store: StoreName, prefix: string): string[] {
    return [...this.store(store).keys()].filter((key) => key.startsWith(prefix));
  }

  private store(name: StoreName): Map<string, unknown> {
    let store = this.stores.get(name);
    if (store === undefined) this.stores.set(name, (store = new Map<string, unknown>()));
    return store;
  }
}
