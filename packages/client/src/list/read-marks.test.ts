import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { diskLike } from '../../test/harness.js';
import { CommandError } from '../api.js';
import { WriteBehind } from '../cache/write-behind.js';
import { ReadMarks, type Mark, type ReadMarksOptions } from './read-marks.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

function marksOn(storage = diskLike(), more: Partial<ReadMarksOptions> = {}) {
  const told: Mark[] = [];
  const restored: Mark[] = [];
  const disk = new WriteBehind(storage, () => {});
  const marks = new ReadMarks({
    call: ((_: string, mark: Mark) => (told.push(mark), Promise.resolve())) as never,
    disk,
    namespace: 'ana|',
    random: () => 1,
    restored: (mark) => void restored.push(mark),
    ...more,
  });
  return { marks, told, restored, disk };
}

const mark = (seq: number, rev = 0): Mark => ({ conversation: 'talk', rev, seq });

describe('read marks', () => {
  it('of one burst are told once, the last of each conversation', async () => {
    const { marks, told } = marksOn();
    for (const seq of [1, 2, 3]) marks.mark(mark(seq));
    marks.mark({ ...mark(9), conversation: 'other' });
    await pass(299);
    expect(told).toEqual([]);
    await pass(1);
    expect(told).toEqual([mark(3), { ...mark(9), conversation: 'other' }]);
    await pass(60_000);
    expect(told).toHaveLength(2);
  });

  it('"unread" follows "read", and is told though its seq is lower', async () => {
    const { marks, told } = marksOn();
    marks.mark(mark(5));
    marks.mark(mark(2, 1));
    await pass(300);
    expect(told).toEqual([mark(2, 1)]);
  });

  it('are repeated until they are taken, the newest only', async () => {
    let failures = 3;
    const told: Mark[] = [];
    const call = (_: string, one: Mark) =>
      failures-- > 0 ? Promise.reject(new CommandError('unavailable', '')) : (told.push(one), Promise.resolve());
    const { marks } = marksOn(undefined, { call: call as never });
    marks.mark(mark(1));
    await pass(400);
    marks.mark(mark(2));
    await pass(60_000);
    expect(told).toEqual([mark(2)]);
  });

  it('of an earlier run are restored with their rev, told, and then forgotten', async () => {
    const storage = diskLike();
    const before = marksOn(storage);
    before.marks.mark(mark(4, 1));
    await before.disk.close(false);
    before.marks.close();
    const after = marksOn(storage);
    await after.marks.load();
    expect(after.restored).toEqual([mark(4, 1)]);
    await after.marks.flush();
    expect(after.told).toEqual([mark(4, 1)]);
    await after.disk.flush();
    expect(await storage.list('meta', '')).toEqual([]);
  });

  it('a refusal for good is not repeated', async () => {
    const call = vi.fn(() => Promise.reject(new CommandError('conversation_not_found', '')));
    const { marks } = marksOn(undefined, { call });
    marks.mark(mark(1));
    await pass(60_000);
    expect(call).toHaveBeenCalledTimes(1);
  });
});
