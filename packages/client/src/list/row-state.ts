import { limits, type Change, type ConversationRow, type Message, type Preview } from '@tertulia/contract';
import { isUnknown, type Cursor, type Follower } from '../sync/follower.js';

/** A message that arrived after the base row was computed. */
interface Later {
  seq: number;
  mine: boolean;
  counts: boolean;
}

type Head = Pick<ConversationRow, 'name' | 'memberCount' | 'seq' | 'at' | 'preview'>;

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
  private later: Later[] = [];
  private localMark: { rev: number; seq: number } | null = null;
  private shown: ConversationRow | null = null;

  constructor(
    row: ConversationRow,
    private readonly context: RowContext,
  ) {
    this.base = row;
    this.head = headOf(row);
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
    this.base = row;
    this.later = this.later.filter((message) => message.seq > row.seq);
    if (row.ver < this.cursor.ver) return true;
    this.cursor = { ver: row.ver, tag: row.tag };
    this.head = headOf(row);
    return true;
  }

  apply(change: Change): void {
    this.cursor = { ver: change.ver, tag: change.tag };
    this.shown = null;
    if (change.kind === 'message:created') this.append(change.message);
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
    this.localMark = { rev: this.base.me.readRev, seq: bounded };
    this.shown = null;
    return true;
  }

  setMemberCount(memberCount: number): void {
    if (memberCount === this.head.memberCount) return;
    this.head = { ...this.head, memberCount };
    this.shown = null;
  }

  private append(message: Message): void {
    if (message.seq <= this.head.seq) return;
    const mine = message.sender === this.context.me;
    const counts = !mine && isCountable(message);
    this.later.push({ seq: message.seq, mine, counts });
    this.head = { ...this.head, seq: message.seq, at: message.at, preview: this.previewOf(message) };
    if (this.later.length > LATER_MAX) this.fold();
    if (counts && message.seq > this.mark) this.context.arrived(this.base.id, message);
  }

  private previewOf(message: Message): Preview {
    const text = [...message.body.slice(0, limits.preview * 2)].slice(0, limits.preview).join('');
    const senderName = message.sender === null ? null : this.context.nameOf(message.sender);
    return {
      seq: message.seq,
      sender: message.sender,
      senderName,
      text,
      ...(message.system === undefined ? {} : { system: message.system }),
    };
  }

  private fold(): void {
    this.base = this.compose();
    this.later = [];
  }

  private compose(): ConversationRow {
    const { base, head, cursor } = this;
    return {
      ...base,
      ...head,
      ver: cursor.ver,
      tag: cursor.tag,
      unread: this.unread(),
      me: { ...base.me, readSeq: this.mark },
    };
  }

  /** The read mark: the server's, moved on by what this device read and by every message of mine. */
  private get mark(): number {
    const { me } = this.base;
    const local = this.localMark !== null && this.localMark.rev === me.readRev ? this.localMark.seq : 0;
    return this.later.reduce(
      (mark, message) => (message.mine && message.seq > mark ? message.seq : mark),
      Math.max(me.readSeq, local),
    );
  }

  private unread(): number {
    const mark = this.mark;
    const after = this.later.filter((message) => message.counts && message.seq > mark).length;
    return Math.min(limits.unreadCap, this.unreadOfBase(mark) + after);
  }

  private unreadOfBase(mark: number): number {
    const { base } = this;
    if (mark <= base.me.readSeq) return base.unread;
    if (mark >= base.seq) return 0;
    return this.context.countBetween(base.id, mark, base.seq) ?? base.unread;
  }
}

/** What counts as unread to anybody but its sender. */
export const isCountable = (message: Message): boolean => message.sender !== null && message.deleted !== true;

function headOf({ name, memberCount, seq, at, preview }: ConversationRow): Head {
  return { name, memberCount, seq, at, preview };
}
