import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/app-error.js';
import { Lane, singleCall, type Batcher } from './lane.js';

/** A store that notes its batches and finishes each when told to. */
class SlowStore implements Batcher<string, string> {
  readonly batches: string[][] = [];
  private finish: (() => void)[] = [];

  constructor(
    readonly max = 200,
    private readonly fails: (items: readonly string[]) => unknown = () => null,
  ) {}

  bytes(item: string): number {
    return item.length;
  }

  async store(items: readonly string[]): Promise<string[]> {
    this.batches.push([...items]);
    await new Promise<void>((resolve) => this.finish.push(resolve));
    const error = this.fails(items);
    if (error) throw error as Error;
    return items.map((item) => `${item}!`);
  }

  async finishAll(): Promise<void> {
    for (let idle = 0; idle < 3;) {
      const next = this.finish.shift();
      next?.();
      idle = next ? 0 : idle + 1;
      await new Promise(setImmediate);
    }
  }
}

const settled = (promises: Promise<unknown>[]) =>
  Promise.allSettled(promises).then((results) =>
    results.map((result) => (result.status === 'fulfilled' ? result.value : (result.reason as AppError).code)),
  );

describe('the lane', () => {
  it('sends what is alone at once, and what queues up during a flight as the next batch, first in first out', async () => {
    const lane = new Lane();
    const store = new SlowStore();
    const first = lane.append(store, 'a');
    await new Promise(setImmediate);
    const rest = ['b', 'c', 'd'].map((item) => lane.append(store, item));
    await store.finishAll();
    expect(await settled([first, ...rest])).toEqual(['a!', 'b!', 'c!', 'd!']);
    expect(store.batches).toEqual([['a'], ['b', 'c', 'd']]);
  });

  it('keeps one flight at a time, also between kinds of commands, and their order', async () => {
    const lane = new Lane();
    const store = new SlowStore();
    const order: string[] = [];
    const promises = [
      lane.append(store, 'a').then(() => order.push('a')),
      lane.append(singleCall, () => Promise.resolve('x')).then(() => order.push('x')),
      lane.append(store, 'b').then(() => order.push('b')),
    ];
    await store.finishAll();
    await Promise.all(promises);
    expect(order).toEqual(['a', 'x', 'b']);
    expect(store.batches).toEqual([['a'], ['b']]);
  });

  it('bounds a batch in items and in bytes, but lets a single large one through', async () => {
    const lane = new Lane();
    const store = new SlowStore(3);
    const promises = ['a', 'b', 'c', 'd', 'x'.repeat(200_000), 'y'.repeat(200_000), 'z'.repeat(300_000)].map((item) =>
      lane.append(store, item),
    );
    await store.finishAll();
    await Promise.all(promises);
    expect(store.batches.map((batch) => batch.map((item) => item[0]))).toEqual([
      ['a', 'b', 'c'],
      ['d', 'x'],
      ['y'],
      ['z'],
    ]);
  });

  it('splits a batch that fails on one bad item: only that one is refused', async () => {
    const lane = new Lane();
    const store = new SlowStore(200, (items) => (items.includes('bad') ? new AppError('internal') : null));
    const promises = ['a', 'bad', 'c'].map((item) => lane.append(store, item));
    const results = settled(promises);
    await store.finishAll();
    expect(await results).toEqual(['a!', 'internal', 'c!']);
  });

  it('does not try again by itself when nobody knows whether the batch was stored', async () => {
    const lane = new Lane();
    const store = new SlowStore(200, () =>
      Object.assign(new Error('Connection terminated unexpectedly'), { code: '57P01' }),
    );
    const results = Promise.allSettled(['a', 'b'].map((item) => lane.append(store, item)));
    await store.finishAll();
    expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(store.batches).toEqual([['a', 'b']]);
  });

  it('when closed, finishes what is queued and refuses what comes after', async () => {
    const lane = new Lane();
    const store = new SlowStore(1);
    const queued = ['a', 'b'].map((item) => lane.append(store, item));
    const closing = lane.close();
    const late = settled([lane.append(store, 'c')]);
    await store.finishAll();
    await closing;
    expect(await settled(queued)).toEqual(['a!', 'b!']);
    expect(await late).toEqual(['moved']);
  });
});
