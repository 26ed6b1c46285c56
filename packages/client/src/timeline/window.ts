import type { Change, Message } from '@tertulia/contract';
import type { Cursor, Follower } from '../sync/follower.js';

export const WINDOW_MAX = 400;
/** Live messages may exceed the bound by this much, so that not every single one cuts the far end. */
export const WINDOW_SLACK = 100;

export interface Page {
  messages: readonly Message[];
  hasOlder: boolean;
  hasNewer: boolean;
  ver: number;
  tag: number;
}

/**
 * The part of a conversation held in memory: messages lo..hi without holes, and whether there are more on either side.
 * Every change makes a new array; unchanged messages stay the same objects.
 */
export class Window implements Follower {
  cursor: Cursor;
  messages: readonly Message[];
  hasOlder: boolean;
  hasNewer: boolean;

  constructor(page: Page) {
    this.cursor = { ver: page.ver, tag: page.tag };
    this.messages = page.messages;
    this.hasOlder = page.hasOlder;
    this.hasNewer = page.hasNewer;
  }

  get lo(): number {
    return this.messages[0]?.seq ?? 0;
  }

  get hi(): number {
    return this.messages.at(-1)?.seq ?? 0;
  }

  holds(seq: number): boolean {
    return this.messages.length > 0 && seq >= this.lo && seq <= this.hi;
  }

  /** False when the page was read before a change that this window has already: ask again. */
  addOlder(page: Page): boolean {
    if (page.ver < this.cursor.ver) return false;
    const older = page.messages.filter((message) => message.seq < this.lo);
    if (older.length > 0 && older.at(-1)?.seq !== this.lo - 1) return false;
    this.messages = [...older, ...this.messages];
    this.hasOlder = page.hasOlder;
    if (this.messages.length > WINDOW_MAX) {
      this.messages = this.messages.slice(0, WINDOW_MAX);
      this.hasNewer = true;
    }
    return true;
  }

  addNewer(page: Page): boolean {
    if (page.ver < this.cursor.ver) return false;
    const newer = page.messages.filter((message) => message.seq > this.hi);
    if (newer.length > 0 && newer[0]?.seq !== this.hi + 1) return false;
    this.messages = [...this.messages, ...newer];
    this.hasNewer = page.hasNewer;
    this.trimOldest(WINDOW_MAX);
    return true;
  }

  apply(change: Change): void {
    this.cursor = { ver: change.ver, tag: change.tag };
    if (change.kind === 'message:created') this.set(change.message);
    else if (change.kind === 'message:changed' && this.holds(change.message.seq)) this.replace(change.message);
  }

  skipTo(cursor: Cursor): void {
    if (cursor.ver > this.cursor.ver) this.cursor = cursor;
  }

  /** Others' countable messages in (after, upTo], when all of them are here. */
  count(after: number, upTo: number, counts: (message: Message) => boolean): number | null {
    if (after >= upTo) return 0;
    if (!this.holds(after + 1) || !this.holds(upTo)) return null;
    return this.messages.filter((message) => message.seq > after && message.seq <= upTo && counts(message)).length;
  }

  find(seq: number): Message | undefined {
    return this.holds(seq) ? this.messages[seq - this.lo] : undefined;
  }

  private set(message: Message): void {
    if (this.holds(message.seq)) this.replace(message);
    else if (!this.hasNewer && (this.messages.length === 0 || message.seq === this.hi + 1)) {
      this.messages = [...this.messages, message];
      if (this.messages.length > WINDOW_MAX + WINDOW_SLACK) this.trimOldest(WINDOW_MAX);
    }
  }

  private replace(message: Message): void {
    const at = message.seq - this.lo;
    const held = this.messages[at];
    if (held === undefined || held.ver >= message.ver) return;
    this.messages = this.messages.with(at, message);
  }

  private trimOldest(max: number): void {
    if (this.messages.length <= max) return;
    this.messages = this.messages.slice(this.messages.length - max);
    this.hasOlder = true;
  }
}
