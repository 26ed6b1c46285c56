import type { ChangingMessage, PendingMessage, StorageWrite } from '../api.js';
import type { CarefulStorage } from '../storage/careful-storage.js';
import { keyOf, type Entry } from './entry.js';
import { changingViews, pendingViews, type Held } from './held.js';

export interface QueueOptions {
  storage: CarefulStorage;
  namespace: string;
  now: () => number;
  changed: (conversation: string) => void;
}

interface Views {
  pending: readonly PendingMessage[];
  changing: readonly ChangingMessage[];
}

/** The commands of this person that are not done yet: in memory for this tab, on disk for all of them. */
export class Queue {
  private readonly held = new Map<string, Held>();
  private readonly shown = new Map<string, Views>();
  private lastOrder = 0;

  constructor(private readonly options: QueueOptions) {}

  get(id: string): Held | undefined {
    return this.held.get(id);
  }

  get all(): Held[] {
    return [...this.held.values()];
  }

  get conversations(): Set<string> {
    return new Set(this.all.map(({ entry }) => entry.conversation));
  }

  /** In the order in which they go out. */
  in(conversation: string): Held[] {
    return this.all
      .filter(({ entry }) => entry.conversation === conversation)
      .sort((a, b) => a.entry.order - b.entry.order);
  }

  /** Edits and deletions of one message. */
  changesOf(conversation: string, id: string): Held[] {
    return this.in(conversation).filter(
      ({ entry }) => (entry.kind === 'edit' || entry.kind === 'delete') && entry.of === id,
    );
  }

  /** The same objects as long as nothing changed. */
  views(conversation: string): Views {
    let views = this.shown.get(conversation);
    if (views === undefined) {
      const held = this.in(conversation);
      this.shown.set(conversation, (views = { pending: pendingViews(held), changing: changingViews(held) }));
    }
    return views;
  }

  keep(held: Held): void {
    this.held.set(held.entry.id, held);
    this.touch(held.entry.conversation);
  }

  drop(id: string): void {
    const held = this.held.get(id);
    if (held === undefined) return;
    this.held.delete(id);
    this.touch(held.entry.conversation);
  }

  orderAfter(order: number): void {
    this.lastOrder = Math.max(this.lastOrder, order);
  }

  nextOrder(): number {
    return (this.lastOrder = Math.max(this.options.now(), this.lastOrder + 1));
  }

  /** All or nothing; resolves when durable. */
  write(put: readonly Entry[], remove: readonly Entry[] = [], more: readonly StorageWrite[] = []): Promise<void> {
    const key = (entry: Entry) => keyOf(this.options.namespace, entry);
    return this.options.storage.write([
      ...remove.map((entry): StorageWrite => ({ store: 'outbox', key: key(entry) })),
      ...put.map((entry): StorageWrite => ({ store: 'outbox', key: key(entry), value: entry })),
      ...more,
    ]);
  }

  /**
   * What other tabs wrote. An entry of ours that is missing there stays: if it was sent, the server will say so; if the
   * storage was emptied, this is the last copy.
   */
  async readAgain(): Promise<void> {
    const { storage, namespace } = this.options;
    const before = new Map(this.held);
    for (const stored of await storage.list<Entry>('outbox', namespace)) {
      // Written before there was anything but messages.
      const entry: Entry = { ...stored, kind: (stored as Partial<Entry>).kind ?? 'send' } as Entry;
      this.orderAfter(entry.order);
      const held = this.held.get(entry.id);
      // Changed here while it was read: the disk will have that, too.
      if (held !== before.get(entry.id)) continue;
      if (held === undefined || (held.phase === 'waiting' && !isSame(held.entry, entry)))
        this.keep({ entry, phase: 'waiting' });
    }
  }

  private touch(conversation: string): void {
    this.shown.delete(conversation);
    this.options.changed(conversation);
  }
}

function isSame(a: Entry, b: Entry): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof Entry>;
  return [...keys].every((key) => a[key] === b[key]);
}
