// Docs: docs/decisions/0030-an-outbox-of-commands.md
import { v7 as uuidv7 } from 'uuid';
import { CommandError, type ChangingMessage, type PendingMessage } from '../api.js';
import type { WithLock } from '../ports.js';
import type { CarefulStorage } from '../storage/careful-storage.js';
import { AcknowledgedSends } from './acknowledged.js';
import { Attempts, type AttemptsOptions } from './attempts.js';
import { checkedBody, isReady, type EditEntry, type Entry, type Place } from './entry.js';
import { isUntried, type Held } from './held.js';
import type { OutboxHint } from './hint.js';
import { Lanes } from './lanes.js';
import { Placed } from './placed.js';
import { Queue } from './queue.js';
import { Search, type SearchOptions } from './search.js';

/** A message of mine that has its place. */
export interface OwnMessage extends Place {
  id: string;
}

export interface OutboxOptions extends AttemptsOptions, SearchOptions {
  storage: CarefulStorage;
  namespace: string;
  withLock: WithLock;
  lockName: string;
  /** Whether the server is thought to be within reach: what was never attempted can be changed and dropped without a trace. */
  online: () => boolean;
  epoch: () => string | null;
  /** The change up to which everything that follows the conversation here has come. */
  followed: (conversation: string) => number;
  /** A message's last change, if it is at hand. */
  verOf: (conversation: string, seq: number) => number | undefined;
  changed: (conversation: string) => void;
}

/** The queue of commands on their way: stored before they are shown, sent in order, repeated under the same id. */
export class Outbox {
  private readonly queue: Queue;
  private readonly acknowledged: AcknowledgedSends;
  private readonly placed: Placed;
  private readonly attempts: Attempts;
  private readonly lanes: Lanes;
  private readonly search: Search;
  private closed = false;

  constructor(private readonly options: OutboxOptions) {
    this.queue = new Queue(options);
    this.acknowledged = new AcknowledgedSends(options);
    this.placed = new Placed(this.queue, options.followed);
    this.attempts = new Attempts(options, this.queue, this.placed, this.acknowledged);
    this.search = new Search(
      options,
      this.queue,
      (message) => this.settle(message),
      (entry) => void this.attempts.forget([entry]),
    );
    this.lanes = new Lanes({
      ...options,
      taken: () => this.readAgain(),
      next: (conversation) => (options.online() ? this.next(conversation) : null),
      attempt: (entry) => this.attempts.attempt(entry),
      failed: (entry, error) => this.attempts.fail(entry, error),
    });
  }

  async load(): Promise<void> {
    this.queue.orderAfter(await this.acknowledged.load());
    await this.readAgain();
  }

  send(conversation: string, typed: string): Promise<string> {
    const entry: Entry = { ...this.begin(conversation), kind: 'send', body: checkedBody(typed) };
    // Within reach it is tried at once: to write that down separately would cost every message a turn of the disk.
    return this.add(this.options.online() ? { ...entry, attempted: true } : entry);
  }

  /** Of a message that has its place. What was not tried yet takes the new words; what failed is replaced. */
  async edit(conversation: string, message: OwnMessage, typed: string): Promise<string> {
    const body = checkedBody(typed);
    const earlier = this.queue.changesOf(conversation, message.id).filter(({ entry }) => entry.kind === 'edit');
    const waiting = earlier.find(isUntried);
    if (waiting !== undefined) return this.replace(waiting, { ...(waiting.entry as EditEntry), body });
    const base = Math.max(message.ver, ...earlier.map(({ place }) => place?.ver ?? 0));
    const entry: Entry = { ...this.begin(conversation), kind: 'edit', of: message.id, body, seq: message.seq, base };
    return this.add(
      entry,
      earlier.filter(({ entry: { state } }) => state === 'failed'),
    );
  }

  /** Of a message that is still in here. */
  async editPending(id: string, typed: string): Promise<string> {
    const body = checkedBody(typed);
    const held = this.queue.get(id);
    if (held?.entry.kind !== 'send')
      throw new CommandError('message_not_found', 'This message is not pending any more.');
    const { entry, place } = held;
    // A refusal is final, so it is stored nowhere: it may still be another message.
    if (isUntried(held) || entry.state === 'failed') return this.replace(held, { ...entry, body });
    const waiting = this.queue.changesOf(entry.conversation, id).find(isUntried);
    if (waiting?.entry.kind === 'edit') return this.replace(waiting, { ...waiting.entry, body });
    const where = place === undefined ? {} : { seq: place.seq, base: place.ver };
    return this.add({ ...this.begin(entry.conversation), kind: 'edit', of: id, body, ...where });
  }

  async remove(conversation: string, message: OwnMessage): Promise<void> {
    const earlier = this.queue.changesOf(conversation, message.id);
    if (earlier.some(({ entry: { kind, state } }) => kind === 'delete' && state === 'queued')) return;
    const superseded = earlier.filter((held) => isUntried(held) || held.entry.state === 'failed');
    await this.add({ ...this.begin(conversation), kind: 'delete', of: message.id, seq: message.seq }, superseded);
  }

  /** A failed command again, after those since; it keeps its id. An edit goes over the message as it is now. */
  async retry(id: string): Promise<void> {
    const held = this.queue.get(id);
    if (held?.entry.state !== 'failed') return;
    const { error: _, ...rest } = held.entry;
    const entry: Entry = { ...rest, order: this.queue.nextOrder(), state: 'queued' };
    if (entry.kind !== 'send') delete entry.attempted;
    if (entry.kind === 'edit' && entry.seq !== undefined)
      entry.base = Math.max(entry.base ?? 0, this.options.verOf(entry.conversation, entry.seq) ?? 0);
    await this.queue.write([entry], [held.entry]);
    this.queue.keep({ entry, phase: 'waiting' });
    this.told(entry.conversation);
  }

  async discard(id: string): Promise<void> {
    const held = this.queue.get(id);
    if (held === undefined || held.entry.kind === 'cancel') return;
    const { conversation, order, attempted, kind } = held.entry;
    const gone = [held, ...(kind === 'send' ? this.queue.changesOf(conversation, id) : [])].map(({ entry }) => entry);
    if (kind !== 'send' || attempted !== true) return this.attempts.forget(gone);
    // In the place of the send: nothing of the same conversation may overtake it.
    const cancel: Entry = { ...this.begin(conversation), kind: 'cancel', of: id, order };
    if (held.place !== undefined) cancel.seq = held.place.seq;
    this.queue.keep({ entry: cancel, phase: 'waiting' });
    await this.attempts.forget(gone, [cancel]);
    this.told(conversation);
  }

  /** The message is in the log: it has its place, whatever became of the answer. */
  settle(message: OwnMessage): void {
    if (this.queue.all.length === 0) return;
    const resolved = this.placed.resolve(message.id, message, (entry) => entry.seq === undefined);
    const held = this.queue.get(message.id);
    if (held?.entry.kind !== 'send') {
      if (resolved.length > 0) void this.queue.write(resolved).then(() => this.kickAll());
      return;
    }
    this.placed.drop(message.id);
    const recorded = held.phase === 'sent' ? [] : [this.acknowledged.record(held.entry)];
    void this.queue.write(resolved, [held.entry], recorded).then(() => this.kickAll());
  }

  /** Everything up to this change is in all that follows the conversation. */
  reached(conversation: string, ver: number): void {
    this.placed.reached(conversation, ver);
  }

  /** A message of mine was edited or deleted, on whatever device. */
  messageChanged(id: string, body: string | null): void {
    void this.acknowledged.changed(id, body);
  }

  /** This database has another history: what it acknowledged may be lost to it, and numbers may mean other messages. */
  beginAnew(): void {
    const lost = this.placed.forget();
    void this.queue
      .write(lost)
      .then(() => this.offerAgain(() => true))
      .then(() => this.search.begin());
  }

  /** One is in this conversation no more: an edit that looks for its message does not find it. */
  gone(conversation: string): void {
    const lost = this.queue
      .in(conversation)
      .map(({ entry }) => entry)
      .filter((entry) => entry.kind === 'edit' && entry.seq === undefined && this.queue.get(entry.of) === undefined);
    if (lost.length > 0) void this.attempts.forget(lost);
  }

  /** A log-in to an older copy, which did not know the session, is told nothing of a reset. */
  epochKnown(epoch: string): void {
    void this.offerAgain((acknowledgedBy) => acknowledgedBy !== null && acknowledgedBy !== epoch);
  }

  /** Everything that waits, now. */
  flush(): void {
    this.lanes.reset();
    this.kickAll();
    this.search.begin();
  }

  /** Another tab changed the queue. */
  async hear(hint: OutboxHint): Promise<void> {
    if (hint.type === 'discarded') this.placed.drop(hint.id);
    else if (hint.type === 'sent') this.attempts.heard(hint.id, hint.place);
    else await this.readAgain();
  }

  pendingOf(conversation: string): readonly PendingMessage[] {
    return this.queue.views(conversation).pending;
  }

  changingOf(conversation: string): readonly ChangingMessage[] {
    return this.queue.views(conversation).changing;
  }

  /** Those that would be lost with this device. */
  get count(): number {
    return this.queue.all.filter(({ phase }) => phase !== 'sent').length;
  }

  close(): void {
    this.closed = true;
    this.attempts.close();
    this.search.close();
    this.lanes.close();
    this.placed.close();
  }

  /** Under the same ids and in the old order, so before what is new. */
  private async offerAgain(which: (acknowledgedBy: string | null) => boolean): Promise<void> {
    const { entries, writes } = await this.acknowledged.take(({ epoch }) => which(epoch));
    if (entries.length === 0 || this.closed) return;
    await this.queue.write(entries, [], writes);
    for (const entry of entries) {
      // It may be shown as sent still, and for some seconds only.
      this.placed.drop(entry.id);
      this.queue.keep({ entry, phase: 'waiting' });
    }
    this.options.channel?.post({ type: 'changed' } satisfies OutboxHint);
    this.kickAll();
  }

  private begin(conversation: string): Pick<Entry, 'id' | 'conversation' | 'at' | 'order'> & { state: 'queued' } {
    return { id: uuidv7(), conversation, at: this.options.now(), order: this.queue.nextOrder(), state: 'queued' };
  }

  private async add(entry: Entry, instead: readonly Held[] = []): Promise<string> {
    await this.queue.write(
      [entry],
      instead.map((held) => held.entry),
    );
    if (this.closed) return entry.id;
    for (const held of instead) this.placed.drop(held.entry.id);
    this.queue.keep({ entry, phase: 'waiting' });
    this.told(entry.conversation);
    return entry.id;
  }

  private async replace(held: Held, entry: Entry): Promise<string> {
    this.queue.keep({ ...held, entry });
    await this.queue.write([entry]);
    this.told(entry.conversation);
    return entry.id;
  }

  private next(conversation: string): Entry | null {
    const waiting = this.queue
      .in(conversation)
      .find(({ entry, phase }) => entry.state === 'queued' && phase === 'waiting' && isReady(entry));
    return waiting?.entry ?? null;
  }

  private told(conversation: string): void {
    this.options.channel?.post({ type: 'changed' } satisfies OutboxHint);
    this.lanes.kick(conversation);
  }

  private async readAgain(): Promise<void> {
    if (this.closed) return;
    await this.queue.readAgain();
    this.kickAll();
  }

  private kickAll(): void {
    for (const conversation of this.queue.conversations) this.lanes.kick(conversation);
  }
}
