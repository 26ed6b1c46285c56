import type { Change, ConversationDelta } from '@tertulia/contract';
import type { Cursor, Follower } from './follower.js';

const BUFFER_MAX = 500;

export interface FeedOptions {
  followers: (conversation: string) => Follower[];
  /** Every follower has this change now. */
  applied: (change: Change) => void;
  /** A change of a conversation that nobody here knows. */
  unknown: (change: Change) => void;
  /** Something between is missing: sync. */
  gap: (conversation: string) => void;
}

/**
 * Hands each change to each follower strictly in order: at most the cursor: ignored; the next one: applied; further
 * ahead: kept until sync has brought what is missing.
 */
export class Feed {
  private readonly ahead = new Map<string, Map<number, Change>>();

  constructor(private readonly options: FeedOptions) {}

  receive(change: Change): void {
    const followers = this.options.followers(change.conversation);
    if (followers.length === 0) {
      this.options.applied(change);
      this.options.unknown(change);
    } else if (this.offer(followers, change)) {
      this.drain(change.conversation);
    } else {
      this.keep(change);
      this.options.gap(change.conversation);
    }
  }

  receiveDelta(delta: ConversationDelta): void {
    const { conversation, changes, ver, tag } = delta;
    const before = (changes[0]?.ver ?? ver + 1) - 1;
    const followers = this.options.followers(conversation);
    // Who began to follow while this was asked for may stand before it: to them it does not bring everything.
    const reached = followers.filter(({ cursor }) => cursor.ver >= before);
    for (const change of changes) this.offer(this.options.followers(conversation), change);
    for (const follower of reached) follower.skipTo({ ver, tag });
    if (reached.length < followers.length) this.options.gap(conversation);
    this.drain(conversation);
  }

  /** The oldest cursor of those who follow: from there sync has something for everybody. */
  cursorOf(conversation: string): Cursor | null {
    const cursors = this.options.followers(conversation).map((follower) => follower.cursor);
    return cursors.reduce<Cursor | null>(
      (oldest, cursor) => (oldest === null || cursor.ver < oldest.ver ? cursor : oldest),
      null,
    );
  }

  /** Conversations that wait for a change between. */
  gaps(): string[] {
    return [...this.ahead.keys()];
  }

  /** True when the followers stand at different places or something waits: they were read at different moments. */
  lags(conversation: string): boolean {
    const vers = this.options.followers(conversation).map((follower) => follower.cursor.ver);
    return this.ahead.has(conversation) || vers.some((ver) => ver !== vers[0]);
  }

  forget(conversation: string): void {
    this.ahead.delete(conversation);
  }

  clear(): void {
    this.ahead.clear();
  }

  /** What was kept and now fits; the rest goes on waiting. */
  drain(conversation: string): void {
    const kept = this.ahead.get(conversation);
    if (kept === undefined) return;
    for (const ver of [...kept.keys()].sort((a, b) => a - b)) {
      const change = kept.get(ver);
      if (change === undefined || !this.offer(this.options.followers(conversation), change)) break;
      kept.delete(ver);
    }
    if (kept.size === 0) this.ahead.delete(conversation);
  }

  private offer(followers: readonly Follower[], change: Change): boolean {
    for (const follower of followers) if (change.ver === follower.cursor.ver + 1) follower.apply(change);
    const complete = followers.every((follower) => follower.cursor.ver >= change.ver);
    if (complete) this.options.applied(change);
    return complete;
  }

  private keep(change: Change): void {
    const kept = this.ahead.get(change.conversation) ?? new Map<number, Change>();
    this.ahead.set(change.conversation, kept);
    // Beyond the bound only the fact of the gap is worth keeping: sync brings the rest.
    if (kept.size < BUFFER_MAX) kept.set(change.ver, change);
  }
}
