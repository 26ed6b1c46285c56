import { v7 as uuidv7 } from 'uuid';
import type { CommandError, PendingMessage } from '../api.js';
import type { Channel, WithLock } from '../ports.js';
import type { CarefulStorage } from '../storage/careful-storage.js';
import { checkedBody, hold, keyOf, type Entry, type Held } from './entry.js';
import { Lanes } from './lanes.js';

/** How long an acknowledged message waits for its place in the log: it may be in no conversation that is followed here. */
const PLACE_MS = 5_000;

/** What one tab tells the others about the shared queue. */
export type OutboxHint = { type: 'changed' } | { type: 'sent' | 'discarded'; id: string };

export interface OutboxOptions {
  storage: CarefulStorage;
  namespace: string;
  withLock: WithLock;
  lockName: string;
  channel: Pick<Channel, 'post'> | null;
  deliver: (message: { conversation: string; id: string; body: string }) => Promise<unknown>;
  now: () => number;
  random: () => number;
  changed: (conversation: string) => void;
}

/** The queue of messages on their way: stored before they are shown, sent in order, repeated under the same id. */
export class Outbox {
  private readonly held = new Map<string, Held>();
  private readonly shown = new Map<string, readonly PendingMessage[]>();
  private readonly placing = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly lanes: Lanes;
  private lastOrder = 0;
  private closed = false;

  constructor(private readonly options: OutboxOptions) {
    this.lanes = new Lanes({
      ...options,
      taken: () => this.readAgain(),
      next: (conversation) =>
        this.in(conversation).find(({ entry, phase }) => entry.state === 'queued' && phase === 'waiting')?.entry ??
        null,
      attempt: (entry) => this.attempt(entry),
      failed: (entry, code) => this.fail(entry, code),
    });
  }

  load(): Promise<void> {
    return this.readAgain();
  }

  async send(conversation: string, typed: string): Promise<string> {
    const entry: Entry = {
      id: uuidv7(),
      conversation,
      body: checkedBody(typed),
      at: this.options.now(),
      order: this.nextOrder(),
      state: 'queued',
    };
    await this.store(entry);
    if (this.closed) return entry.id;
    this.keep(hold(entry));
    this.options.channel?.post({ type: 'changed' } satisfies OutboxHint);
    this.lanes.kick(conversation);
    return entry.id;
  }

  /** Sends a failed message again, after those written since; it keeps its id. */
  async retry(id: string): Promise<void> {
    const held = this.held.get(id);
    if (held?.entry.state !== 'failed') return;
    const { error: _, ...rest } = held.entry;
    const entry: Entry = { ...rest, order: this.nextOrder(), state: 'queued' };
    await this.options.storage.write([
      { store: 'outbox', key: keyOf(this.options.namespace, held.entry) },
      { store: 'outbox', key: keyOf(this.options.namespace, entry), value: entry },
    ]);
    this.keep(hold(entry));
    this.options.channel?.post({ type: 'changed' } satisfies OutboxHint);
    this.lanes.kick(entry.conversation);
  }

  async discard(id: string): Promise<void> {
    const held = this.held.get(id);
    if (held === undefined) return;
    this.drop(id);
    this.options.channel?.post({ type: 'discarded', id } satisfies OutboxHint);
    await this.unstore(held.entry);
  }

  /** The message is in the log: it has its place, whatever became of the answer. */
  settle(id: string): void {
    const held = this.held.get(id);
    if (held === undefined) return;
    this.drop(id);
    void this.unstore(held.entry);
  }

  /** Everything that waits, now. */
  flush(): void {
    this.lanes.reset();
    this.kickAll();
  }

  /** Another tab changed the queue. */
  async hear(hint: OutboxHint): Promise<void> {
    if (hint.type === 'discarded') this.drop(hint.id);
    else if (hint.type === 'sent') this.await(hint.id);
    else await this.readAgain();
  }

  pendingOf(conversation: string): readonly PendingMessage[] {
    let pending = this.shown.get(conversation);
    if (pending === undefined) this.shown.set(conversation, (pending = this.in(conversation).map(({ view }) => view)));
    return pending;
  }

  /** Those that would be lost with this device. */
  get count(): number {
    return [...this.held.values()].filter(({ phase }) => phase !== 'sent').length;
  }

  close(): void {
    this.closed = true;
    this.lanes.close();
    for (const timer of this.placing.values()) clearTimeout(timer);
  }

  private async attempt(entry: Entry): Promise<void> {
    this.keep(hold(entry, 'sending'));
    try {
      await this.options.deliver({ conversation: entry.conversation, id: entry.id, body: entry.body });
    } catch (error) {
      if (this.held.get(entry.id)?.phase === 'sending') this.keep(hold(entry));
      throw error;
    }
    this.await(entry.id);
    this.options.channel?.post({ type: 'sent', id: entry.id } satisfies OutboxHint);
    await this.unstore(entry);
  }

  private async fail(entry: Entry, code: CommandError['code']): Promise<void> {
    if (!this.held.has(entry.id) || code === 'offline') return;
    const failed: Entry = { ...entry, state: 'failed', error: code };
    this.keep(hold(failed));
    await this.store(failed);
    this.options.channel?.post({ type: 'changed' } satisfies OutboxHint);
  }

  /** Acknowledged: only its place is still to come. */
  private await(id: string): void {
    const held = this.held.get(id);
    if (held === undefined || this.closed) return;
    this.keep(hold(held.entry, 'sent'));
    clearTimeout(this.placing.get(id));
    this.placing.set(
      id,
      setTimeout(() => this.drop(id), PLACE_MS),
    );
  }

  /**
   * What other tabs wrote. An entry of ours that is missing there stays: if it was sent, the server will say so; if the
   * storage was emptied, this is the last copy.
   */
  private async readAgain(): Promise<void> {
    const { storage, namespace } = this.options;
    for (const entry of await storage.list<Entry>('outbox', namespace)) {
      this.lastOrder = Math.max(this.lastOrder, entry.order);
      const held = this.held.get(entry.id);
      const same =
        held !== undefined &&
        (held.phase !== 'waiting' || (held.entry.order === entry.order && held.entry.state === entry.state));
      if (!same && !this.closed) this.keep(hold(entry));
    }
    this.kickAll();
  }

  private kickAll(): void {
    for (const conversation of new Set([...this.held.values()].map(({ entry }) => entry.conversation)))
      this.lanes.kick(conversation);
  }

  private keep(held: Held): void {
    this.held.set(held.entry.id, held);
    this.touch(held.entry.conversation);
  }

  private drop(id: string): void {
    const held = this.held.get(id);
    clearTimeout(this.placing.get(id));
    this.placing.delete(id);
    if (held === undefined) return;
    this.held.delete(id);
    this.touch(held.entry.conversation);
  }

  private touch(conversation: string): void {
    this.shown.delete(conversation);
    this.options.changed(conversation);
  }

  private in(conversation: string): Held[] {
    return [...this.held.values()]
      .filter(({ entry }) => entry.conversation === conversation)
      .sort((a, b) => a.entry.order - b.entry.order);
  }

  private nextOrder(): number {
    return (this.lastOrder = Math.max(this.options.now(), this.lastOrder + 1));
  }

  private store(entry: Entry): Promise<void> {
    return this.options.storage.write([{ store: 'outbox', key: keyOf(this.options.namespace, entry), value: entry }]);
  }

  private unstore(entry: Entry): Promise<void> {
    return this.options.storage.write([{ store: 'outbox', key: keyOf(this.options.namespace, entry) }]);
  }
}
