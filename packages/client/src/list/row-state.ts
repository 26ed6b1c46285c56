import { limits, type Change, type ConversationRow, type Message } from '@tertulia/contract';
import { isUnknown, type Cursor, type Follower } from '../sync/follower.js';
import { previewOf, Previews } from './previews.js';

/** A message that arrived after the base row was computed. */
interface Later {
  seq: number;
  mine: boolean;
  counts: boolean;
}

/** What this device did to the read mark. `from`: the last message then; one's own after it move the mark on. */
interface LocalMark {
  rev: number;
  seq: number;
  from: number;
}

type Head = Pick<ConversationRow, 'name' | 'memberCount' | 'seq' | 'at'>;

export interface RowContext {
  me: string;
  nameOf: (user: string) => string | null;
  /** Others' countable messages in (after, upTo], where all of that range is at hand; else null. */
  countBetween: (conversation: string, after: number, upTo: number) => number | null;
  /** A message of somebody else arrived that is not read yet. */
  arrived: (conversation: string, message: Message) => void;
  /** Something changed that a change record does not carry. */
  outgrown: (conversation: string) => void;
}

/** Kept messages after the base; beyond it the oldest are folded into the base. */
const LATER_MAX = 256;

/**
 * One conversation in the list: the server's last row (the base, unread as of its seq) and what the stream brought
 * since. A row computed before messages that are here already only replaces the base: they are counted on top again.
 */
export class RowState implements Follower {
  cursor: Cursor;
  private base: ConversationRow;
  private head: Head;
  private previews: Previews;
  private later: Later[] = [];
  /** Others' messages that were deleted after the base was computed, with the ver of that: the base counts them still. */
  private readonly deleted = new Map<number, number>();
  private localMark: LocalMark | null = null;
  private shown: ConversationRow | null = null;

  constructor(
    row: ConversationRow,
    private readonly context: RowContext,
  ) {
    this.base = row;
    this.head = headOf(row);
    this.previews = new Previews(row.preview);
    this.cursor = { ver: row.ver, tag: row.tag };
  }

  get row(): ConversationRow {
    this.shown ??= this.compose();
    return this.shown;
  }

  /** Takes a row of the server unless it is older than what is known; true when it was news. */
  offer(row: ConversationRow): boolean {
    const newerUver = row.me.uver > this.base.me.uver;
    if (row.me.uver < this.base.me.uver || (!newerUver && row.ver <= this.base.ver)) return false;
    this.shown = null;
    if (row.ver < this.base.ver) {
      // No single moment had both: keep the messages, take the standing, and ask.
      this.base = { ...this.base, me: row.me };
      this.context.outgrown(row.id);
      return true;
    }
    this.rebase(row);
    this.later = this.later.filter((message) => message.seq > row.seq);
    if (row.ver < this.cursor.ver) return true;
    this.cursor = { ver: row.ver, tag: row.tag };
    this.head = headOf(row);
    this.previews = new Previews(row.preview);
    return true;
  }

  apply(change: Change): void {
    this.cursor = { ver: change.ver, tag: change.tag };
    this.shown = null;
    if (change.kind === 'message:created') this.append(change.message);
    else if (change.kind === 'message:changed') this.change(change.message);
    else if (change.kind === 'conversation:changed') this.head = { ...this.head, name: change.name };
    else if (isUnknown(change)) this.context.outgrown(this.base.id);
  }

  /** After a reply of sync whose last changes are not shown one by one. */
  skipTo(cursor: Cursor): void {
    if (cursor.ver <= this.cursor.ver) return;
    this.cursor = cursor;
    this.shown = null;
  }

  /** True when this moves the mark. */
  markRead(seq: number): boolean {
    const bounded = Math.min(seq, this.head.seq);
    if (bounded <= this.mark) return false;
    this.setMark(this.rev, bounded);
    return true;
  }

  /** Everything from `seq` on counts as unread again, on all devices: a new rev. */
  markUnread(seq: number): void {
    this.setMark(this.base.me.readRev + 1, Math.max(0, seq - 1));
  }

  /** A mark of an earlier run that the server may not have yet. */
  restoreMark({ rev, seq }: { rev: number; seq: number }): void {
    if (rev > this.base.me.readRev) this.setMark(rev, seq);
    else this.markRead(seq);
  }

  private setMark(rev: number, seq: number): void {
    this.localMark = { rev, seq, from: this.head.seq };
    this.shown = null;
  }

  setMemberCount(memberCount: number): void {
    if (memberCount === this.head.memberCount) return;
    this.head = { ...this.head, memberCount };
    this.shown = null;
  }

  private append(message: Message): void {
    if (message.seq <= this.head.seq) return;
    const mine = message.sender === this.context.me && message.cancelled !== true;
    const counts = this.isOthers(message) && message.deleted !== true;
    this.later.push({ seq: message.seq, mine, counts });
    this.head = { ...this.head, seq: message.seq, at: message.at };
    if (message.deleted !== true) this.previews.push(previewOf(message, this.context.nameOf));
    if (this.later.length > LATER_MAX) this.fold();
    if (counts && message.seq > this.mark) this.context.arrived(this.base.id, message);
  }

  private change(message: Message): void {
    if (message.deleted !== true) this.previews.edit(message.seq, message.body);
    else {
      if (!this.previews.remove(message.seq)) this.context.outgrown(this.base.id);
      if (this.isOthers(message)) this.uncount(message);
    }
  }

  private uncount({ seq, ver }: Message): void {
    this.later = this.later.map((message) => (message.seq === seq ? { ...message, counts: false } : message));
    this.deleted.set(seq, ver);
    // "More than 99" less one may be anything.
    if (this.base.unread >= limits.unreadCap && seq > this.base.me.readSeq) this.context.outgrown(this.base.id);
  }

  private isOthers({ sender }: Message): boolean {
    return sender !== null && sender !== this.context.me;
  }

  private fold(): void {
    this.rebase(this.compose());
    this.later = [];
  }

  private rebase(row: ConversationRow): void {
    this.base = row;
    for (const [seq, ver] of this.deleted) if (ver <= row.ver) this.deleted.delete(seq);
  }

  private compose(): ConversationRow {
    const { base, head, cursor } = this;
    return {
      ...base,
      ...head,
      preview: this.previews.last,
      ver: cursor.ver,
      tag: cursor.tag,
      unread: this.unread(),
      me: { ...base.me, readRev: this.rev, readSeq: this.mark },
    };
  }

  private get rev(): number {
    return Math.max(this.base.me.readRev, this.localMark?.rev ?? 0);
  }

  /** The read mark: the server's, or what this device made of it, moved on by every message of mine since. */
  private get mark(): number {
    const { me } = this.base;
    const local = this.localMark;
    if (local !== null && local.rev > me.readRev) return this.sentAfter(local.from, local.seq);
    return this.sentAfter(0, local?.rev === me.readRev ? Math.max(me.readSeq, local.seq) : me.readSeq);
  }

  private sentAfter(from: number, mark: number): number {
    return this.later.reduce(
      (last, message) => (message.mine && message.seq > from && message.seq > last ? message.seq : last),
      mark,
    );
  }

  private unread(): number {
    const mark = this.mark;
    const after = this.later.filter((message) => message.counts && message.seq > mark).length;
    return Math.min(limits.unreadCap, this.unreadOfBase(mark) + after);
  }

  private unreadOfBase(mark: number): number {
    const { base } = this;
    if (mark >= base.seq) return 0;
    if (mark === base.me.readSeq) return this.baseLessDeleted();
    const counted = this.context.countBetween(base.id, mark, base.seq);
    if (counted !== null) return counted;
    // Marked as unread further back than what was counted: at least that one.
    return mark < base.me.readSeq ? Math.max(1, this.baseLessDeleted()) : this.baseLessDeleted();
  }

  private baseLessDeleted(): number {
    const { base, cursor } = this;
    if (base.unread >= limits.unreadCap) return base.unread;
    const gone = [...this.deleted].filter(
      ([seq, ver]) => seq > base.me.readSeq && seq <= base.seq && ver > base.ver && ver <= cursor.ver,
    );
    return Math.max(0, base.unread - gone.length);
  }
}

/** What counts as unread to anybody but its sender. */
export const isCountable = (message: Message): boolean => message.sender !== null && message.deleted !== true;

function headOf({ name, memberCount, seq, at }: ConversationRow): Head {
  return { name, memberCount, seq, at };
}
