import type { Change, Message } from '@tertulia/contract';
import type { Cursor, Follower } from '../sync/follower.js';
import { pad } from '../storage/keys.js';
import type { WriteBehind } from './write-behind.js';

const MESSAGES_MAX = 300;
const CONVERSATIONS_MAX = 200;

interface StoredTail extends Cursor {
  conversation: string;
  used: number;
}

/** The newest messages of visited conversations on disk, each with the cursor they were read at. */
export class MessageCache {
  private tails = new Map<string, Tail>();

  constructor(
    private readonly disk: WriteBehind,
    private readonly namespace: string,
    private readonly now: () => number,
  ) {}

  follower(conversation: string): Follower | undefined {
    return this.tails.get(conversation);
  }

  conversations(): string[] {
    return [...this.tails.keys()];
  }

  /** What is stored; null: nothing. From here on the copy follows. */
  async load(conversation: string): Promise<{ messages: Message[]; cursor: Cursor } | null> {
    const { tails } = this;
    const stored = await this.disk.get<StoredTail>('meta', this.tailKey(conversation));
    if (stored === undefined) return null;
    const messages = newestRun(await this.disk.list<Message>('messages', this.prefix(conversation), MESSAGES_MAX));
    // All was forgotten meanwhile.
    if (tails !== this.tails) return null;
    if (!tails.has(conversation)) this.follow(conversation, messages, stored);
    // Not that of a copy which followed already: it may have gone on while this was read.
    return { messages, cursor: { ver: stored.ver, tag: stored.tag } };
  }

  /** Begins the copy anew from a page that reaches the newest message: one writing, on its way to the disk at once. */
  seed(conversation: string, messages: readonly Message[], cursor: Cursor): void {
    if (!this.disk.enabled || (this.tails.get(conversation)?.cursor.ver ?? -1) >= cursor.ver) return;
    const kept = messages.slice(-MESSAGES_MAX);
    this.disk.deletePrefix('messages', this.prefix(conversation));
    const tail = this.follow(conversation, kept, cursor);
    for (const message of kept) tail.store(message);
    tail.storeCursor();
    void this.disk.flush();
  }

  forget(conversation: string): void {
    this.tails.delete(conversation);
    this.disk.delete('meta', this.tailKey(conversation));
    this.disk.deletePrefix('messages', this.prefix(conversation));
  }

  clear(): void {
    this.tails = new Map();
  }

  /** Forgets the conversations that were not visited for longest. */
  async prune(): Promise<void> {
    const stored = await this.disk.list<StoredTail>('meta', this.tailKey(''));
    const old = stored.sort((a, b) => b.used - a.used).slice(CONVERSATIONS_MAX);
    for (const { conversation } of old) this.forget(conversation);
  }

  private follow(conversation: string, messages: readonly Message[], cursor: Cursor): Tail {
    const used = this.now();
    const tail = new Tail(
      messages,
      { ver: cursor.ver, tag: cursor.tag },
      {
        message: (seq, message) => this.disk.put('messages', this.prefix(conversation) + pad(seq), () => message),
        cursor: () =>
          this.disk.put('meta', this.tailKey(conversation), (): StoredTail => ({ ...tail.cursor, conversation, used })),
      },
    );
    this.tails.set(conversation, tail);
    return tail;
  }

  private prefix(conversation: string): string {
    return `${this.namespace}${conversation}|`;
  }

  private tailKey(conversation: string): string {
    return `${this.namespace}tail|${conversation}`;
  }
}

class Tail implements Follower {
  private lo: number;
  private hi: number;

  constructor(
    messages: readonly Message[],
    public cursor: Cursor,
    private readonly put: { message(seq: number, message: Message | undefined): void; cursor(): void },
  ) {
    this.hi = messages.at(-1)?.seq ?? 0;
    this.lo = messages[0]?.seq ?? 1;
  }

  store(message: Message): void {
    this.put.message(message.seq, message);
  }

  storeCursor(): void {
    this.put.cursor();
  }

  apply(change: Change): void {
    this.skipTo({ ver: change.ver, tag: change.tag });
    if (change.kind === 'message:changed') this.replace(change.message);
    if (change.kind !== 'message:created' || change.message.seq < this.lo) return;
    this.store(change.message);
    if (this.hi === 0) this.lo = change.message.seq;
    this.hi = Math.max(this.hi, change.message.seq);
    while (this.hi - this.lo >= MESSAGES_MAX) this.put.message(this.lo++, undefined);
  }

  /** Without a look at what is there: should that be newer, the change that made it so is still to come. */
  private replace(message: Message): void {
    if (message.seq >= this.lo && message.seq <= this.hi) this.store(message);
  }

  skipTo(cursor: Cursor): void {
    if (cursor.ver <= this.cursor.ver) return;
    this.cursor = cursor;
    this.storeCursor();
  }
}

/** Tabs write the same copy, so it may have a hole: only what lies behind the last one is a range. */
export function newestRun(messages: readonly Message[]): Message[] {
  let from = messages.length - 1;
  while (from > 0 && messages[from - 1]?.seq === (messages[from]?.seq ?? 0) - 1) from -= 1;
  return messages.slice(Math.max(0, from));
}
