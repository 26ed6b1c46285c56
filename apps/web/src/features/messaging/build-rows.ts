import type { Message, SystemEvent } from '@tertulia/contract';
import type { ChangingMessage, PendingMessage, Timeline } from '../../lib/client';
import { daysBetween } from '../../lib/times';

export type Row =
  | { type: 'start'; key: 'start'; empty: boolean }
  | { type: 'day'; key: string; at: number }
  | { type: 'new'; key: 'new' }
  | { type: 'system'; key: string; at: number; seq: number; event: SystemEvent }
  | { type: 'message'; key: string; at: number; message: Message; head: boolean; change: ChangingMessage | null }
  | { type: 'pending'; key: string; at: number; pending: PendingMessage; head: boolean };

export interface RowsInput {
  timeline: Pick<Timeline, 'messages' | 'pending' | 'changing' | 'hasOlder' | 'hasNewer'>;
  me: string;
  /** My read mark when the conversation was opened; null: nothing was unread then. */
  unreadAfter: number | null;
  /** Messages that are about to be deleted. */
  hidden: ReadonlySet<string>;
}

const GROUP_MS = 5 * 60_000;

interface Before {
  at: number;
  author: string | null;
}

/** The same author within five minutes of their last words goes on without a name. */
const goesOn = (before: Before | null, next: Before): boolean =>
  before !== null &&
  before.author !== null &&
  before.author === next.author &&
  next.at - before.at < GROUP_MS &&
  daysBetween(before.at, next.at) === 0;

/**
 * What the list shows, from the oldest. While there are older messages the first one held is only looked at and not shown:
 * it decides about the day and the name of the second, so that a page put in front never changes a row that is on screen.
 */
export function buildRows({ timeline, me, unreadAfter, hidden }: RowsInput): Row[] {
  const { hasOlder, hasNewer } = timeline;
  const changes = new Map(timeline.changing.map((change) => [change.seq, change]));
  const messages = timeline.messages.filter(
    (message) => !hidden.has(message.id) && isSeen(message, changes.get(message.seq)),
  );
  const pending = hasNewer ? [] : notYetStored(timeline);
  const rows: Row[] = hasOlder ? [] : [{ type: 'start', key: 'start', empty: messages.length + pending.length === 0 }];
  const withheld = hasOlder && messages.length > 1;
  let before: Before | null = null;
  let marked = unreadAfter === null;

  const lead = (next: Before, key: string, isNew: boolean): boolean => {
    const newDay = before === null || daysBetween(before.at, next.at) !== 0;
    if (newDay) rows.push({ type: 'day', key: `day:${key}`, at: next.at });
    if (isNew) rows.push({ type: 'new', key: 'new' });
    const head = newDay || isNew || !goesOn(before, next);
    before = next;
    return head;
  };

  messages.forEach((message, index) => {
    const next: Before = { at: message.at, author: message.system ? null : message.sender };
    if (index === 0 && withheld) {
      before = next;
      return;
    }
    const isNew =
      !marked && message.seq > (unreadAfter ?? 0) && message.sender !== me && !message.system && !message.deleted;
    marked ||= isNew;
    const head = lead(next, message.id, isNew);
    const { at, seq, id: key } = message;
    if (message.system) rows.push({ type: 'system', key, at, seq, event: message.system });
    else rows.push({ type: 'message', key, at, message, head, change: changes.get(seq) ?? null });
  });
  for (const each of pending) {
    const head = lead({ at: each.at, author: me }, each.id, false);
    rows.push({ type: 'pending', key: each.id, at: each.at, pending: each, head });
  }
  return rows;
}

/** What is deleted is gone at once; only words that could not be put over it stay, until somebody has dealt with them. */
function isSeen(message: Message, change: ChangingMessage | undefined): boolean {
  const failed = change?.state === 'failed';
  if (message.deleted) return failed && change.body !== null;
  return failed || change?.body !== null;
}

function notYetStored({ messages, pending }: RowsInput['timeline']): PendingMessage[] {
  const stored = new Set(messages.map((message) => message.id));
  return pending.filter((each) => !stored.has(each.id));
}

export const rowSeq = (row: Row): number | null =>
  row.type === 'message' ? row.message.seq : row.type === 'system' ? row.seq : null;

/** Rows that a person can stand on with the keyboard. */
export const isStop = (row: Row | undefined): boolean =>
  row?.type === 'message' || row?.type === 'pending' || row?.type === 'system';
