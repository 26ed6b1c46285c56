import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ClientStorage } from '../api.js';
import { CarefulStorage } from './careful-storage.js';
import { openIndexedDbStorage } from './indexeddb.js';
import { namespaceOf, pad } from './keys.js';
import { memoryStorage } from './memory.js';

let names = 0;

describe.each([
  ['memory', () => Promise.resolve(memoryStorage())],
  ['IndexedDB', () => openIndexedDbStorage(`test-${names++}`)],
])('storage in %s', (_, open: () => Promise<ClientStorage>) => {
  it('gives back what was written, and nothing after it was deleted', async () => {
    const storage = await open();
    await storage.write([{ store: 'meta', key: 'a', value: { n: 1 } }]);
    expect(await storage.get('meta', 'a')).toEqual({ n: 1 });
    expect(await storage.get('rows', 'a')).toBeUndefined();
    await storage.write([{ store: 'meta', key: 'a' }]);
    expect(await storage.get('meta', 'a')).toBeUndefined();
  });

  it('lists a prefix in the order of numbers, and the highest alone when asked', async () => {
    const storage = await open();
    const write = (n: number) => ({ store: 'messages' as const, key: `talk|${pad(n)}`, value: n });
    await storage.write([10, 9, 100, 1].map(write));
    await storage.write([{ store: 'messages', key: `talk2|${pad(5)}`, value: 5 }]);
    expect(await storage.list('messages', 'talk|')).toEqual([1, 9, 10, 100]);
    expect(await storage.list('messages', 'talk|', 2)).toEqual([10, 100]);
    expect(await storage.list('messages', 'nobody|', 2)).toEqual([]);
  });

  it('forgets what begins with a prefix, nothing else, and not what is written after it', async () => {
    const storage = await open();
    await storage.write(['a|1', 'a|2', 'b|1'].map((key) => ({ store: 'rows' as const, key, value: key })));
    await storage.write([
      { store: 'rows', prefix: 'a|' },
      { store: 'rows', key: 'a|3', value: 'a|3' },
    ]);
    expect(await storage.list('rows', '')).toEqual(['a|3', 'b|1']);
  });

  it('keeps a copy: changing the object afterwards changes nothing stored', async () => {
    const storage = await open();
    const value = { text: 'kept' };
    await storage.write([{ store: 'drafts', key: 'a', value }]);
    value.text = 'changed';
    expect(await storage.get('drafts', 'a')).toEqual({ text: 'kept' });
  });
});

describe('IndexedDB', () => {
  afterEach(() => vi.restoreAllMocks());

  it('keeps what was written over a restart', async () => {
    const before = await openIndexedDbStorage('restart');
    await before.write([{ store: 'outbox', key: 'a', value: 1 }]);
    await before.close();
    const after = await openIndexedDbStorage('restart');
    expect(after.durable).toBe(true);
    expect(await after.get('outbox', 'a')).toBe(1);
  });

  it('writes all or nothing', async () => {
    const storage = await openIndexedDbStorage('atomic');
    const bad = { store: 'meta' as const, key: 'b', value: () => 'no data' };
    await expect(storage.write([{ store: 'meta', key: 'a', value: 1 }, bad])).rejects.toThrow();
    expect(await storage.get('meta', 'a')).toBeUndefined();
  });

  it('makes way for a newer version in another tab', async () => {
    const storage = await openIndexedDbStorage('upgrade');
    const newer = await openDB('upgrade', 1_000);
    newer.close();
    await expect(storage.get('meta', 'a')).rejects.toThrow();
  });

  it('becomes memory, and says so, where the browser refuses', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('refused', 'SecurityError');
    });
    const storage = await openIndexedDbStorage('refused');
    expect(storage.durable).toBe(false);
    await storage.write([{ store: 'outbox', key: 'a', value: 1 }]);
    expect(await storage.get('outbox', 'a')).toBe(1);
  });
});

describe('a storage that begins to refuse', () => {
  it('is told once, and nobody is stopped by it', async () => {
    const storage = Object.assign(memoryStorage(), {
      durable: true,
      write: () => Promise.reject(new Error('disk full')),
    });
    const lost = vi.fn();
    const careful = new CarefulStorage(storage, lost);
    await careful.write([{ store: 'outbox', key: 'a', value: 1 }]);
    await careful.write([{ store: 'outbox', key: 'b', value: 1 }]);
    expect(lost).toHaveBeenCalledTimes(1);
    expect(careful.durable).toBe(false);
  });
});

it('keeps two users and two servers apart', () => {
  const spaces = [namespaceOf('http://a', 'u1'), namespaceOf('http://a', 'u12'), namespaceOf('http://a|b', 'u1')];
  for (const one of spaces) for (const other of spaces) expect(one === other || !one.startsWith(other)).toBe(true);
});
