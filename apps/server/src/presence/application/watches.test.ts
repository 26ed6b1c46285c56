import { limits, type PersonPresence, type PresenceState } from '@tertulia/contract';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Watches } from './watches.js';

type Watcher = { told: PersonPresence[][] };

let states: Map<number, PresenceState>;
let time: number;
let watches: Watches<Watcher>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  states = new Map([
    [1, 'online'],
    [2, 'offline'],
  ]);
  time = 0;
  watches = new Watches<Watcher>(
    (userId) => states.get(userId) ?? 'unknown',
    (watcher, changes) => watcher.told.push(changes),
    () => time,
  );
});

afterEach(() => {
  vi.useRealTimers();
});

const newWatcher = (): Watcher => ({ told: [] });
const people = (...ids: number[]): Map<string, number> => new Map(ids.map((id) => [`u${id}`, id]));

function become(userId: number, state: PresenceState): void {
  states.set(userId, state);
  watches.recheck([userId]);
}

async function flush(): Promise<void> {
  await vi.advanceTimersByTimeAsync(200);
  await new Promise(setImmediate);
}

it('answers the states, and tells what changes in one batch, to its watchers only', async () => {
  const [ana, bea] = [newWatcher(), newWatcher()];
  expect([...watches.watch(ana, people(1, 2))]).toEqual([
    ['u1', 'online'],
    ['u2', 'offline'],
  ]);
  watches.watch(bea, people(2));
  become(1, 'offline');
  become(2, 'online');
  become(3, 'online');
  await flush();
  expect(ana.told).toEqual([
    [
      { user: 'u1', state: 'offline' },
      { user: 'u2', state: 'online' },
    ],
  ]);
  expect(bea.told).toEqual([[{ user: 'u2', state: 'online' }]]);
});

it('what changes and changes back in one moment is not told, not even to who asked in between', async () => {
  const [ana, bea] = [newWatcher(), newWatcher()];
  watches.watch(ana, people(1));
  become(1, 'offline');
  expect([...watches.watch(bea, people(1)).values()]).toEqual(['online']);
  become(1, 'online');
  await flush();
  expect([ana.told, bea.told]).toEqual([[], []]);
});

it('a new watch replaces the one before, and a dropped one is told nothing', async () => {
  const [ana, bea] = [newWatcher(), newWatcher()];
  watches.watch(ana, people(1));
  watches.watch(ana, people(2));
  watches.watch(bea, people(1, 2));
  watches.drop(bea);
  become(1, 'offline');
  become(2, 'online');
  await flush();
  expect(ana.told).toEqual([[{ user: 'u2', state: 'online' }]]);
  expect(bea.told).toEqual([]);
});

it('a watch that is not asked for again ends', async () => {
  const [ana, bea] = [newWatcher(), newWatcher()];
  watches.watch(ana, people(1));
  time = limits.presenceWatch - 1;
  watches.watch(bea, people(1));
  time = limits.presenceWatch;
  watches.expire();
  become(1, 'offline');
  await flush();
  expect([ana.told.length, bea.told.length, watches.isEmpty]).toEqual([0, 1, false]);
});

it('thousands are told in slices, each the last state last', async () => {
  const crowd = Array.from({ length: 1_700 }, newWatcher);
  for (const watcher of crowd) watches.watch(watcher, people(1));
  become(1, 'offline');
  await vi.advanceTimersByTimeAsync(200);
  become(1, 'online');
  await vi.advanceTimersByTimeAsync(200);
  for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
  const last = new Set(crowd.map(({ told }) => told.map((changes) => changes[0]?.state).join()));
  expect([...last]).toEqual(['offline,online']);
});
