import type { Message } from '@tertulia/contract';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { diskLike } from '../../test/harness.js';
import { MessageCache } from './message-cache.js';
import { WriteBehind } from './write-behind.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const message = (seq: number): Message => ({
  seq,
  ver: seq,
  id: `m${seq}`,
  sender: 'bea',
  body: `line ${seq}`,
  at: seq,
});
const change = (seq: number) =>
  ({ kind: 'message:created', conversation: 'talk', ver: seq, tag: seq * 7, message: message(seq) }) as const;

function cacheOn(storage = diskLike()) {
  const disk = new WriteBehind(storage, () => {});
  const written = vi.spyOn(storage, 'write');
  const stored = async () => (await storage.list<Message>('messages', '')).map(({ seq }) => seq);
  return { disk, cache: new MessageCache(disk, 'ana|', () => 1), stored, written };
}

it('the first copy of a conversation is on disk without waiting for any timer', async () => {
  const { cache, stored, written } = cacheOn();
  cache.seed('talk', [message(1), message(2)], { ver: 2, tag: 14 });
  await vi.waitFor(async () => expect(await stored()).toEqual([1, 2]));
  expect(vi.getTimerCount()).toBe(0);
  expect(written).toHaveBeenCalledTimes(1);
});

it('a copy begun anew takes the place of the old one in one writing', async () => {
  const { cache, stored, written } = cacheOn();
  cache.seed('talk', [message(1), message(2)], { ver: 2, tag: 14 });
  await vi.waitFor(async () => expect(await stored()).toEqual([1, 2]));
  cache.seed('talk', [message(8), message(9)], { ver: 9, tag: 63 });
  await vi.waitFor(async () => expect(await stored()).toEqual([8, 9]));
  expect(written).toHaveBeenCalledTimes(2);
});

it('messages after it are written together, and not one by one', async () => {
  const { cache, stored, written } = cacheOn();
  cache.seed('talk', [message(1)], { ver: 1, tag: 7 });
  for (let seq = 2; seq <= 20; seq += 1) cache.follower('talk')?.apply(change(seq));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await stored()).toHaveLength(20);
  expect(written).toHaveBeenCalledTimes(2);
});

it('what waits is on disk when the page asks for it', async () => {
  const { cache, disk, stored } = cacheOn();
  cache.seed('talk', [message(1)], { ver: 1, tag: 7 });
  cache.follower('talk')?.apply(change(2));
  await disk.flush();
  expect(await stored()).toEqual([1, 2]);
  expect(vi.getTimerCount()).toBe(0);
});

it('what is read while the copy follows on is not taken for newer than it is', async () => {
  const storage = diskLike();
  const { cache } = cacheOn(storage);
  cache.seed('talk', [message(1)], { ver: 1, tag: 7 });
  const list = storage.list.bind(storage);
  vi.spyOn(storage, 'list').mockImplementationOnce(async (...args) => {
    const read = await list(...args);
    cache.follower('talk')?.apply(change(2));
    return read;
  });
  const loaded = await cache.load('talk');
  expect(loaded?.messages.map(({ seq }) => seq)).toEqual([1]);
  expect(loaded?.cursor).toEqual({ ver: 1, tag: 7 });
  expect(cache.follower('talk')?.cursor.ver).toBe(2);
});

it('what is read while all is forgotten is not taken, nor followed', async () => {
  const { cache } = cacheOn();
  cache.seed('talk', [message(1)], { ver: 1, tag: 7 });
  const loading = cache.load('talk');
  cache.clear();
  expect(await loading).toBeNull();
  expect(cache.follower('talk')).toBeUndefined();
});

it('an edit or a deletion is written over what is there, and over nothing else', async () => {
  const storage = diskLike();
  const { cache, disk } = cacheOn(storage);
  cache.seed('talk', [message(3), message(4)], { ver: 4, tag: 28 });
  const changed = (seq: number, ver: number, more: Partial<Message>) =>
    ({ ...change(ver), kind: 'message:changed', message: { ...message(seq), ver, ...more } }) as const;
  cache.follower('talk')?.apply(changed(3, 5, { body: 'edited' }));
  cache.follower('talk')?.apply(changed(4, 6, { body: '', deleted: true }));
  cache.follower('talk')?.apply(changed(2, 7, { body: 'before what is kept' }));
  await disk.flush();
  const loaded = await cache.load('talk');
  expect(loaded?.messages.map(({ seq, body }) => [seq, body])).toEqual([
    [3, 'edited'],
    [4, ''],
  ]);
  expect(loaded?.cursor.ver).toBe(7);
  expect(JSON.stringify(await storage.list('messages', ''))).not.toContain('line 4');
});
