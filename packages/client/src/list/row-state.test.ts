import type { Change, ConversationRow, Message } from '@tertulia/contract';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { RowState, type RowContext } from './row-state.js';

const message = (seq: number, sender: string | null = 'bea', more: Partial<Message> = {}): Message => ({
  seq,
  ver: seq,
  id: `id-${seq}`,
  sender,
  body: `text ${seq}`,
  at: 1000 + seq,
  ...more,
});

const created = (of: Message): Change => ({
  kind: 'message:created',
  conversation: 'talk',
  ver: of.ver,
  tag: of.ver,
  message: of,
});

const changed = (of: Message): Change => ({
  kind: 'message:changed',
  conversation: 'talk',
  ver: of.ver,
  tag: of.ver,
  message: of,
});
const deleted = (seq: number, ver: number, sender: string | null = 'bea'): Change =>
  changed(message(seq, sender, { ver, body: '', deleted: true }));

const row = (seq: number, unread: number, me: Partial<ConversationRow['me']> = {}, ver = seq): ConversationRow => ({
  id: 'talk',
  kind: 'group',
  name: 'Group',
  peer: null,
  memberCount: 2,
  seq,
  ver,
  tag: ver,
  at: 1000 + seq,
  preview: null,
  unread,
  me: { role: 'member', fromSeq: 1, joinedVer: 0, readRev: 0, readSeq: 0, uver: 1, left: false, ...me },
});

const context = (more: Partial<RowContext> = {}): RowContext => ({
  me: 'ana',
  nameOf: (id) => id.toUpperCase(),
  countBetween: () => null,
  arrived: () => {},
  outgrown: () => {},
  ...more,
});

describe('a row of the list', () => {
  it('counts others’ messages as they arrive; system and deleted ones do not count', () => {
    const state = new RowState(row(3, 2), context());
    for (const next of [message(4), message(5, null), message(6, 'bea', { deleted: true, body: '' }), message(7)])
      state.apply(created(next));
    expect(state.row).toMatchObject({
      unread: 4,
      seq: 7,
      ver: 7,
      at: 1007,
      preview: { text: 'text 7', senderName: 'BEA' },
    });
  });

  it('is read up to a message of mine', () => {
    const state = new RowState(row(3, 2), context());
    for (const next of [message(4), message(5, 'ana'), message(6)]) state.apply(created(next));
    expect(state.row).toMatchObject({ unread: 1, me: { readSeq: 5 } });
  });

  it('counts right when a row computed earlier comes after newer messages', () => {
    const state = new RowState(row(3, 3), context());
    for (const seq of [4, 5, 6]) state.apply(created(message(seq)));
    state.offer(row(4, 1, { readSeq: 3, uver: 2 }));
    expect(state.row).toMatchObject({ unread: 3, seq: 6, preview: { seq: 6 }, me: { readSeq: 3 } });
  });

  it('ignores a row that is older than what it holds', () => {
    const state = new RowState(row(5, 0, { readSeq: 5, uver: 4 }), context());
    expect(state.offer(row(5, 5, { readSeq: 0, uver: 3 }))).toBe(false);
    expect(state.offer(row(4, 0, { readSeq: 4, uver: 4 }))).toBe(false);
    expect(state.row).toMatchObject({ unread: 0, seq: 5 });
  });

  it('asks again when a row cannot have been true together with what it holds', () => {
    const outgrown = vi.fn();
    const state = new RowState(row(5, 0, { readSeq: 5, uver: 4 }), context({ outgrown }));
    state.offer(row(3, 1, { readSeq: 2, uver: 5 }));
    expect(outgrown).toHaveBeenCalledWith('talk');
  });

  it('shows at once what this device read, and takes another device’s "mark unread"', () => {
    const state = new RowState(row(5, 5), context());
    expect(state.markRead(9)).toBe(true);
    expect(state.markRead(2)).toBe(false);
    expect(state.row).toMatchObject({ unread: 0, me: { readSeq: 5 } });
    state.offer(row(5, 3, { readRev: 1, readSeq: 2, uver: 2 }));
    expect(state.row).toMatchObject({ unread: 3, me: { readSeq: 2 } });
  });

  it('shows an edit of the last words, and no edit of others', () => {
    const state = new RowState(row(3, 2), context());
    state.apply(created(message(4)));
    state.apply(changed(message(4, 'bea', { ver: 5, body: 'edited' })));
    expect(state.row).toMatchObject({ ver: 5, seq: 4, unread: 3, preview: { seq: 4, text: 'edited' } });
    state.apply(changed(message(2, 'bea', { ver: 6, body: 'older' })));
    expect(state.row.preview?.text).toBe('edited');
  });

  it('counts a deleted message no more, whether it came before or after the row was computed', () => {
    const outgrown = vi.fn();
    const before = {
      ...row(3, 2, { readSeq: 1 }),
      preview: { seq: 3, sender: 'bea', senderName: 'BEA', text: 'text 3' },
    };
    const state = new RowState(before, context({ outgrown }));
    state.apply(created(message(4)));
    state.apply(deleted(4, 5));
    expect(state.row).toMatchObject({ unread: 2, seq: 4, at: 1004, preview: { text: 'text 3' } });
    state.apply(deleted(2, 6));
    expect(state.row).toMatchObject({ unread: 1, preview: { text: 'text 3' } });
    state.apply(deleted(1, 7));
    expect(state.row.unread).toBe(1);
    expect(outgrown).not.toHaveBeenCalled();
    state.apply(deleted(3, 8));
    expect(state.row).toMatchObject({ unread: 0, preview: null });
    expect(outgrown).toHaveBeenCalledWith('talk');
  });

  it('does not subtract a deletion twice when a row knows of it already', () => {
    const state = new RowState(row(3, 3), context());
    state.apply(deleted(2, 4));
    state.offer(row(3, 2, {}, 4));
    expect(state.row.unread).toBe(2);
    state.offer(row(3, 2, { uver: 2 }, 4));
    expect(state.row.unread).toBe(2);
  });

  it('asks when it cannot know: one less than "99+" may be anything', () => {
    const outgrown = vi.fn();
    const state = new RowState(row(300, 100), context({ outgrown }));
    state.apply(deleted(299, 301));
    expect(state.row.unread).toBe(100);
    expect(outgrown).toHaveBeenCalledWith('talk');
  });

  it('a place that was cancelled is nothing: no words, nothing read, nothing unread', () => {
    const state = new RowState(row(3, 2, { readSeq: 1 }), context());
    state.apply(created(message(4, 'ana', { body: '', deleted: true, cancelled: true, at: 1003 })));
    expect(state.row).toMatchObject({ seq: 4, at: 1003, unread: 2, me: { readSeq: 1 } });
  });

  it('marks as unread at once, whatever was read or written before, until it is read or written in again', () => {
    const state = new RowState(row(5, 0, { readSeq: 5 }), context({ countBetween: (_, after, upTo) => upTo - after }));
    state.apply(created(message(6, 'ana')));
    state.apply(created(message(7)));
    state.markUnread(4);
    expect(state.row).toMatchObject({ unread: 3, me: { readRev: 1, readSeq: 3 } });
    expect(state.markRead(5)).toBe(true);
    expect(state.row).toMatchObject({ unread: 1, me: { readRev: 1, readSeq: 5 } });
    state.apply(created(message(8, 'ana')));
    expect(state.row).toMatchObject({ unread: 0, me: { readRev: 1, readSeq: 8 } });
  });

  it('marked as unread shows at least one when the rest is not at hand, and yields to the server', () => {
    const state = new RowState(row(5, 0, { readSeq: 5 }), context());
    state.markUnread(4);
    expect(state.row.unread).toBe(1);
    state.offer(row(5, 2, { readRev: 1, readSeq: 3, uver: 2 }));
    expect(state.row).toMatchObject({ unread: 2, me: { readRev: 1, readSeq: 3 } });
  });

  it('takes up a mark of an earlier run, forward or back', () => {
    const state = new RowState(row(5, 3, { readSeq: 2 }), context());
    state.restoreMark({ rev: 0, seq: 5 });
    expect(state.row).toMatchObject({ unread: 0, me: { readRev: 0, readSeq: 5 } });
    state.restoreMark({ rev: 1, seq: 1 });
    expect(state.row).toMatchObject({ unread: 3, me: { readRev: 1, readSeq: 1 } });
  });

  it('counts the part that is left when it was read in the middle and the window is at hand', () => {
    const state = new RowState(row(9, 9), context({ countBetween: (_, after, upTo) => upTo - after }));
    state.markRead(6);
    expect(state.row.unread).toBe(3);
  });

  it('stays right and bounded over thousands of messages, and ends at "99+"', () => {
    const state = new RowState(row(0, 0), context());
    for (let seq = 1; seq <= 2_000; seq += 1) state.apply(created(message(seq)));
    expect(state.row).toMatchObject({ unread: 100, seq: 2_000 });
    state.apply(created(message(2_001, 'ana')));
    expect(state.row.unread).toBe(0);
  });

  it('tells what arrived unread, and not what was read already', () => {
    const arrived = vi.fn<RowContext['arrived']>();
    const state = new RowState(row(1, 0, { readSeq: 1 }), context({ arrived }));
    for (const next of [message(2, 'ana'), message(3), message(4, null)]) state.apply(created(next));
    expect(arrived.mock.calls.map(([, { seq }]) => seq)).toEqual([3]);
  });

  it('is the same object as long as nothing changed', () => {
    const state = new RowState(row(5, 5), context());
    const { row: before } = state;
    state.offer(row(4, 4));
    expect(state.row).toBe(before);
  });
});

type Step = 'bea' | 'ana' | 'system' | 'read' | 'unread' | 'delete' | 'edit';

/** The server's truth after each step, and what it says about it: a change, or a row. */
function play(steps: readonly Step[]) {
  const log: Message[] = [];
  const mark = { readRev: 0, readSeq: 0, uver: 1 };
  let ver = 0;
  const count = () => log.filter((one) => one.seq > mark.readSeq && one.sender === 'bea' && !one.deleted).length;
  const said: ({ change: Change } | { row: ConversationRow })[] = [];
  for (const [at, step] of steps.entries()) {
    if (step === 'read' || step === 'unread') {
      if (step === 'unread') mark.readRev += 1;
      mark.readSeq = step === 'read' ? log.length : Math.max(0, log.length - 2);
      mark.uver += 1;
      said.push({ row: row(log.length, Math.min(100, count()), { ...mark }, ver) });
    } else if (step === 'delete' || step === 'edit') {
      const target = log[(at * 7) % Math.max(1, log.length)];
      if (target === undefined || target.deleted === true) continue;
      ver += 1;
      const now: Message = { ...target, ver, ...(step === 'edit' ? { body: `${at}` } : { body: '', deleted: true }) };
      log[target.seq - 1] = now;
      said.push({ change: changed(now) });
    } else {
      ver += 1;
      log.push(message(log.length + 1, step === 'system' ? null : step, { ver }));
      if (step === 'ana') mark.readSeq = log.length;
      said.push({ change: created(log.at(-1)!) });
    }
  }
  return { said, unread: Math.min(100, count()), readSeq: mark.readSeq };
}

it('any interleaving of the stream of changes with rows gives the recount', () => {
  const step = fc.constantFrom<Step>('bea', 'bea', 'ana', 'system', 'read', 'unread', 'delete', 'edit');
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.array(fc.nat(5), { minLength: 60, maxLength: 60 }),
      (steps, delays) => {
        const { said, unread, readSeq } = play(steps);
        // Changes keep their order, and rows keep theirs, but a row may come late or early against the changes.
        const changes = said.flatMap((one, at) => ('change' in one ? [{ ...one, at, due: at }] : []));
        let latest = 0;
        const rows = said.flatMap((one, at) =>
          'row' in one ? [{ ...one, at, due: (latest = Math.max(latest, at + (delays[at] ?? 0) - 2)) }] : [],
        );
        const order = [...changes, ...rows].sort((a, b) => a.due - b.due || a.at - b.at);
        const state = new RowState(row(0, 0), context());
        for (const one of order) {
          if ('row' in one) state.offer(one.row);
          // As the feed does: what the row brought already is not applied again.
          else if (one.change.ver === state.cursor.ver + 1) state.apply(one.change);
        }
        expect({ unread: state.row.unread, readSeq: state.row.me.readSeq }).toEqual({ unread, readSeq });
      },
    ),
    { numRuns: 300 },
  );
});
