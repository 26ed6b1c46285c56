import type { Change, Message } from '@tertulia/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Window, WINDOW_MAX, WINDOW_SLACK, type Page } from './window.js';

const message = (seq: number, ver = seq, body = `text ${seq}`): Message => ({
  seq,
  ver,
  id: `id-${seq}`,
  sender: 'bea',
  body,
  at: seq,
});
const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => message(from + index));
const page = (from: number, to: number, total: number, ver = total): Page => ({
  messages: range(Math.max(1, from), Math.min(to, total)),
  hasOlder: from > 1,
  hasNewer: to < total,
  ver,
  tag: 0,
});
const created = (of: Message, ver = of.ver): Change => ({
  kind: 'message:created',
  conversation: 'talk',
  ver,
  tag: 0,
  message: of,
});
const changed = (of: Message, ver = of.ver): Change => ({
  kind: 'message:changed',
  conversation: 'talk',
  ver,
  tag: 0,
  message: of,
});
const seqs = (window: Window) => window.messages.map(({ seq }) => seq);

describe('a window', () => {
  it('appends a new message only when it reaches the newest', () => {
    const atEnd = new Window(page(1, 5, 5));
    atEnd.apply(created(message(6)));
    expect(seqs(atEnd)).toEqual([1, 2, 3, 4, 5, 6]);
    const above = new Window(page(1, 5, 9));
    above.apply(created(message(10)));
    expect(seqs(above)).toEqual([1, 2, 3, 4, 5]);
    expect(above.cursor.ver).toBe(10);
  });

  it('sets a message by its ver: older payloads change nothing, others keep their objects', () => {
    const window = new Window(page(1, 3, 3));
    const [first, second] = window.messages;
    window.apply(created(message(2, 2, 'stale'), 4));
    expect(window.messages[1]).toBe(second);
    window.apply(created(message(2, 5, 'edited'), 5));
    expect(window.messages[1]?.body).toBe('edited');
    expect(window.messages[0]).toBe(first);
  });

  it('takes an edit or a deletion of what it holds, never one that is older than that, and adds nothing', () => {
    const window = new Window(page(5, 8, 20));
    const before = window.messages;
    window.apply(changed(message(6, 21, 'edited')));
    expect(window.find(6)?.body).toBe('edited');
    window.apply(changed({ ...message(6, 24, ''), deleted: true }, 22));
    window.apply(changed(message(6, 23, 'edited again'), 23));
    expect(window.find(6)).toMatchObject({ ver: 24, body: '', deleted: true });
    for (const seq of [4, 9, 21]) window.apply(changed(message(seq, 25, 'not here'), 25));
    expect(seqs(window)).toEqual([5, 6, 7, 8]);
    expect(window.messages[0]).toBe(before[0]);
    expect([window.cursor.ver, window.find(4), window.find(9)]).toEqual([25, undefined, undefined]);
  });

  it('refuses a page that was read before a change it holds, and one that would leave a hole', () => {
    const window = new Window(page(50, 60, 60));
    window.apply(created(message(61)));
    expect(window.addOlder(page(40, 49, 60, 60))).toBe(false);
    expect(window.addOlder(page(30, 45, 61))).toBe(false);
    expect(window.addOlder(page(40, 49, 61))).toBe(true);
  });

  it('drops the far end when it grows, and says that there is more', () => {
    const window = new Window(page(601, 1000, 1000));
    window.addOlder(page(551, 600, 1000));
    expect(window.messages).toHaveLength(WINDOW_MAX);
    expect([window.lo, window.hi, window.hasNewer]).toEqual([551, 950, true]);
    window.addNewer(page(951, 1000, 1000));
    expect([window.lo, window.hi, window.hasOlder, window.hasNewer]).toEqual([601, 1000, true, false]);
  });

  it('counts a range only when all of it is here', () => {
    const window = new Window(page(10, 20, 20));
    expect(window.count(12, 20, () => true)).toBe(8);
    expect(window.count(5, 20, () => true)).toBeNull();
    expect(window.count(20, 20, () => true)).toBe(0);
  });

  it('is one range without holes, bounded, whatever happens to it', () => {
    const step = fc.constantFrom('older' as const, 'newer' as const, 'live' as const, 'live' as const);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), fc.array(step, { maxLength: 300 }), (start, steps) => {
        let total = 900;
        const window = new Window(page(start, start + 49, total));
        for (const what of steps) {
          if (what === 'older' && window.hasOlder) window.addOlder(page(window.lo - 50, window.lo - 1, total));
          if (what === 'newer' && window.hasNewer) window.addNewer(page(window.hi + 1, window.hi + 50, total));
          if (what === 'live') window.apply(created(message((total += 1))));
          expect(seqs(window)).toEqual(range(window.lo, window.hi).map(({ seq }) => seq));
          expect(window.messages.length).toBeLessThanOrEqual(WINDOW_MAX + WINDOW_SLACK);
          expect(window.hasNewer).toBe(window.hi < total);
          expect(window.hasOlder).toBe(window.lo > 1);
        }
      }),
      { numRuns: 40 },
    );
  });
});
