import type { Message } from '@tertulia/contract';
import { describe, expect, it } from 'vitest';
import type { ChangingMessage, PendingMessage } from '../../lib/client';
import { buildRows, type Row, type RowsInput } from './build-rows';

const noon = new Date('2026-11-22T12:00:00').getTime();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const message = (seq: number, sender: string | null, at: number, more: Partial<Message> = {}): Message => ({
  seq,
  ver: seq,
  id: `m${seq}`,
  sender,
  body: `text ${seq}`,
  at,
  ...more,
});
const pending = (id: string, at: number): PendingMessage => ({
  id,
  conversation: 'c',
  body: 'waits',
  at,
  state: 'queued',
});

const rowsOf = (
  messages: Message[],
  more: Partial<RowsInput['timeline']> & { unreadAfter?: number | null; hidden?: string[] } = {},
): Row[] => {
  const { unreadAfter = null, hidden = [], ...timeline } = more;
  return buildRows({
    timeline: { messages, pending: [], changing: [], hasOlder: false, hasNewer: false, ...timeline },
    me: 'me',
    unreadAfter,
    hidden: new Set(hidden),
  });
};
const shape = (rows: Row[]): string[] =>
  rows.map((row) => (row.type === 'message' || row.type === 'pending' ? `${row.key}${row.head ? '*' : ''}` : row.type));

describe('grouping', () => {
  it('the same author goes on without a name for five minutes after their last words', () => {
    const rows = rowsOf([
      message(1, 'ana', noon),
      message(2, 'ana', noon + 4 * MINUTE),
      message(3, 'ana', noon + 8 * MINUTE),
      message(4, 'ana', noon + 13 * MINUTE),
    ]);
    expect(shape(rows)).toEqual(['start', 'day', 'm1*', 'm2', 'm3', 'm4*']);
  });

  it('another author and a system message begin a new group', () => {
    const event = { type: 'group_created', actor: 'ana' } as const;
    const rows = rowsOf([
      message(1, 'ana', noon),
      message(2, 'luis', noon),
      message(3, null, noon, { system: event }),
      message(4, 'luis', noon),
    ]);
    expect(shape(rows)).toEqual(['start', 'day', 'm1*', 'm2*', 'system', 'm4*']);
  });

  it('midnight separates days and groups', () => {
    const late = new Date('2026-11-21T23:59:00').getTime();
    expect(shape(rowsOf([message(1, 'ana', late), message(2, 'ana', late + 2 * MINUTE)]))).toEqual([
      'start',
      'day',
      'm1*',
      'day',
      'm2*',
    ]);
  });
});

describe('the divider of new messages', () => {
  it("stands before the first message of somebody else after one's read mark", () => {
    const rows = rowsOf(
      [message(1, 'ana', noon), message(2, 'me', noon), message(3, 'ana', noon), message(4, 'ana', noon)],
      { unreadAfter: 1 },
    );
    expect(shape(rows)).toEqual(['start', 'day', 'm1*', 'm2*', 'new', 'm3*', 'm4']);
  });

  it('is not there when nothing was unread', () => {
    expect(shape(rowsOf([message(1, 'ana', noon)]))).not.toContain('new');
  });

  it('does not move when more arrives', () => {
    const first = rowsOf([message(1, 'ana', noon), message(2, 'ana', noon)], { unreadAfter: 1 });
    const more = rowsOf([message(1, 'ana', noon), message(2, 'ana', noon), message(3, 'luis', noon)], {
      unreadAfter: 1,
    });
    expect(more.slice(0, first.length)).toEqual(first);
  });
});

it('a page put in front changes no row that was shown', () => {
  const all = Array.from({ length: 60 }, (_, index) =>
    message(index + 1, index % 7 < 4 ? 'ana' : 'luis', noon - DAY + index * 40 * MINUTE),
  );
  const before = rowsOf(all.slice(30), { hasOlder: true });
  const after = rowsOf(all.slice(10), { hasOlder: true });
  expect(after.slice(-before.length)).toEqual(before);
  const whole = rowsOf(all);
  expect(whole.slice(-after.length)).toEqual(after);
});

const edit = (seq: number, body: string | null, state: ChangingMessage['state'] = 'queued'): ChangingMessage => ({
  id: `op${seq}`,
  seq,
  body,
  state,
});

it('what is deleted is not there: no row, no name, no day, no line of what is new', () => {
  const nothing = { body: '', deleted: true } as const;
  const without = [message(1, 'ana', noon), message(4, 'ana', noon + MINUTE)];
  const rows = [without[0]!, message(2, 'luis', noon, nothing), message(3, 'luis', noon + DAY, nothing), without[1]!];
  for (const more of [{}, { hasOlder: true }, { unreadAfter: 1 }])
    expect(rowsOf(rows, more)).toEqual(rowsOf(without, more));
  expect(rowsOf([message(1, 'ana', noon, nothing)])).toEqual([{ type: 'start', key: 'start', empty: true }]);
});

it('what is about to be deleted is gone, whether the client knows of it or not', () => {
  const messages = [message(1, 'me', noon), message(2, 'me', noon)];
  const without = rowsOf([messages[0]!]);
  expect(rowsOf(messages, { hidden: ['m2'] })).toEqual(without);
  expect(rowsOf(messages, { changing: [edit(2, null)] })).toEqual(without);
});

it('of several edits of a message the last counts', () => {
  const rows = rowsOf([message(1, 'me', noon)], { changing: [edit(1, 'one'), edit(1, 'two')] });
  expect(rows.at(-1)).toMatchObject({ type: 'message', change: { body: 'two' } });
});

it('what was refused stands at its message, also when that is deleted: words are never lost', () => {
  const gone = message(2, 'me', noon, { body: '', deleted: true });
  const messages = [message(1, 'me', noon), gone];
  expect(shape(rowsOf(messages, { changing: [edit(1, null, 'failed')] }))).toEqual(['start', 'day', 'm1*']);
  expect(shape(rowsOf(messages, { changing: [edit(2, 'kept', 'failed')] }))).toEqual(['start', 'day', 'm1*', 'm2']);
  expect(shape(rowsOf(messages, { changing: [edit(2, null, 'failed')] }))).toEqual(['start', 'day', 'm1*']);
});

it('what is pending comes last, once, and keeps its key when it is stored', () => {
  const waiting = rowsOf([message(1, 'me', noon)], { pending: [pending('x', noon + MINUTE)] });
  expect(shape(waiting)).toEqual(['start', 'day', 'm1*', 'x']);
  const stored = rowsOf([message(1, 'me', noon), message(2, 'me', noon + MINUTE, { id: 'x' })], {
    pending: [pending('x', noon + MINUTE)],
  });
  expect(stored.map((row) => row.key)).toEqual(waiting.map((row) => row.key));
});

it('what is pending is not shown in the middle of history', () => {
  expect(shape(rowsOf([message(1, 'ana', noon)], { hasNewer: true, pending: [pending('x', noon)] }))).not.toContain(
    'x',
  );
});

it('an empty conversation says so', () => {
  expect(rowsOf([])).toEqual([{ type: 'start', key: 'start', empty: true }]);
});
