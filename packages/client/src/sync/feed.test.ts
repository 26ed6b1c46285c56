import type { Change } from '@tertulia/contract';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Feed } from './feed.js';
import type { Cursor, Follower } from './follower.js';

const change = (ver: number): Change => ({
  kind: 'conversation:changed',
  conversation: 'talk',
  ver,
  tag: ver * 7,
  name: `${ver}`,
});

class Recorder implements Follower {
  readonly seen: number[] = [];
  cursor: Cursor;
  constructor(ver: number) {
    this.cursor = { ver, tag: ver * 7 };
  }
  apply({ ver, tag }: Change): void {
    this.seen.push(ver);
    this.cursor = { ver, tag };
  }
  skipTo(cursor: Cursor): void {
    if (cursor.ver > this.cursor.ver) this.cursor = cursor;
  }
}

const options = { applied: vi.fn(), unknown: vi.fn(), gap: vi.fn() };
beforeEach(() => vi.clearAllMocks());

const feedOf = (...followers: Follower[]) => new Feed({ ...options, followers: () => followers });

describe('the feed', () => {
  it('applies the next change, ignores an older one, keeps one further ahead and asks', () => {
    const row = new Recorder(3);
    const feed = feedOf(row);
    for (const ver of [4, 3, 4, 6]) feed.receive(change(ver));
    expect(row.seen).toEqual([4]);
    expect(options.gap).toHaveBeenCalledTimes(1);
    expect(feed.gaps()).toEqual(['talk']);
  });

  it('goes on by itself when sync brings what was missing', () => {
    const row = new Recorder(3);
    const feed = feedOf(row);
    for (const ver of [6, 7]) feed.receive(change(ver));
    feed.receiveDelta({
      conversation: 'talk',
      reset: false,
      changes: [change(4), change(5)],
      ver: 5,
      tag: 35,
      more: false,
    });
    expect(row.seen).toEqual([4, 5, 6, 7]);
    expect(feed.gaps()).toEqual([]);
  });

  it('asks from where the last of those who follow stands, and gives each only what it lacks', () => {
    const [row, window] = [new Recorder(5), new Recorder(3)];
    const feed = feedOf(row, window);
    expect(feed.lags('talk')).toBe(true);
    expect(feed.cursorOf('talk')).toEqual({ ver: 3, tag: 21 });
    feed.receiveDelta({
      conversation: 'talk',
      reset: false,
      changes: [4, 5, 6].map(change),
      ver: 6,
      tag: 42,
      more: false,
    });
    expect([row.seen, window.seen]).toEqual([[6], [4, 5, 6]]);
  });

  it('moves nobody over changes that an answer does not bring, and asks again', () => {
    const [row, window] = [new Recorder(5), new Recorder(3)];
    const feed = feedOf(row, window);
    const asked = { conversation: 'talk', reset: false, more: false };
    feed.receiveDelta({ ...asked, changes: [6, 7].map(change), ver: 7, tag: 49 });
    expect([row.cursor.ver, window.cursor.ver]).toEqual([7, 3]);
    expect(options.gap).toHaveBeenCalledTimes(1);
    feed.receiveDelta({ ...asked, changes: [4, 5, 6, 7].map(change), ver: 7, tag: 49 });
    expect(window.seen).toEqual([4, 5, 6, 7]);
  });

  it('says that a change is everywhere only when it is', () => {
    const [row, window] = [new Recorder(5), new Recorder(3)];
    const feed = feedOf(row, window);
    feed.receive(change(6));
    expect(options.applied).not.toHaveBeenCalled();
    feed.receiveDelta({
      conversation: 'talk',
      reset: false,
      changes: [4, 5].map(change),
      ver: 5,
      tag: 35,
      more: false,
    });
    expect(options.applied).toHaveBeenCalledWith(change(6));
  });

  it('hands a change of an unknown conversation on', () => {
    feedOf().receive(change(1));
    expect(options.unknown).toHaveBeenCalledWith(change(1));
  });

  it('whatever the stream drops, doubles and reorders: each change once, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 120 }), (heard) => {
        const row = new Recorder(0);
        const feed = feedOf(row);
        for (const ver of heard) feed.receive(change(ver));
        const from = row.cursor.ver;
        const changes = Array.from({ length: 30 - from }, (_, index) => change(from + 1 + index));
        feed.receiveDelta({ conversation: 'talk', reset: false, changes, ver: 30, tag: 210, more: false });
        expect(row.seen).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
        expect(feed.gaps()).toEqual([]);
      }),
    );
  });
});
