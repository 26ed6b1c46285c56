import type { StorageWrite } from '../api.js';
import type { CarefulStorage } from '../storage/careful-storage.js';
import { keyOf, type SendEntry } from './entry.js';

const KEPT_MS = 24 * 3_600_000;
const KEPT = 1_000;
/** Looked through now and then, not with every message. */
const PRUNE_EVERY = 100;

interface Acknowledged {
  id: string;
  conversation: string;
  body: string;
  at: number;
  order: number;
  /** Of the database that acknowledged it. */
  epoch: string | null;
}

export interface AcknowledgedOptions {
  storage: CarefulStorage;
  namespace: string;
  now: () => number;
  epoch: () => string | null;
}

/**
 * The messages that were acknowledged within a day. An operator may put an older copy of the database back; then this is
 * where they still are. Offering one again that is stored does no harm: its id is.
 */
export class AcknowledgedSends {
  private recorded = 0;
  /** Where each is stored, so that an edit or a deletion finds it without reading them all. */
  private readonly orders = new Map<string, number>();

  constructor(private readonly options: AcknowledgedOptions) {}

  /** Gives the last order: what is written from now on stands after it, should it be offered again. */
  async load(): Promise<number> {
    await this.prune();
    const all = await this.list();
    for (const record of all) this.know(record);
    return all.at(-1)?.order ?? 0;
  }

  /** Another tab recorded it. */
  know({ id, order }: { id: string; order: number }): void {
    this.orders.set(id, order);
  }

  /** For the write that takes it out of the outbox. */
  record({ id, conversation, body, order }: SendEntry): StorageWrite {
    const { now, epoch } = this.options;
    this.recorded += 1;
    this.know({ id, order });
    if (this.recorded % PRUNE_EVERY === 0) queueMicrotask(() => void this.prune());
    return this.put({ id, conversation, body, at: now(), order, epoch: epoch() });
  }

  /** It has other words now; null: it was deleted, and must not come back. */
  async changed(id: string, body: string | null): Promise<void> {
    const order = this.orders.get(id);
    if (order === undefined) return;
    const { storage, namespace } = this.options;
    const [record] = await storage.list<Acknowledged>('acknowledged', keyOf(namespace, { id, order }));
    if (record === undefined) return;
    await this.options.storage.write([body === null ? this.remove(record) : this.put({ ...record, body })]);
  }

  /** Those to offer again, as they stand in the outbox, with the writes that move them there. */
  async take(which: (record: Acknowledged) => boolean): Promise<{ entries: SendEntry[]; writes: StorageWrite[] }> {
    await this.prune();
    const records = (await this.list()).filter(which);
    const entries = records.map(({ id, conversation, body, at, order }): SendEntry => ({
      ...{ kind: 'send', id, conversation, body, at, order, state: 'queued', attempted: true, again: true },
    }));
    return { entries, writes: records.map((record) => this.remove(record)) };
  }

  async prune(): Promise<void> {
    const all = await this.list();
    const oldest = this.options.now() - KEPT_MS;
    const old = all.filter(({ at }, index) => at < oldest || index < all.length - KEPT);
    for (const { id } of old) this.orders.delete(id);
    await this.options.storage.write(old.map((record) => this.remove(record)));
  }

  private list(): Promise<Acknowledged[]> {
    return this.options.storage.list<Acknowledged>('acknowledged', this.options.namespace);
  }

  private put(record: Acknowledged): StorageWrite {
    return { store: 'acknowledged', key: keyOf(this.options.namespace, record), value: record };
  }

  private remove(record: Acknowledged): StorageWrite {
    return { store: 'acknowledged', key: keyOf(this.options.namespace, record) };
  }
}
