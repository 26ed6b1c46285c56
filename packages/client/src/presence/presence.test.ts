import { limits, type PersonPresence, type PresenceState } from '@tertulia/contract';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CommandError } from '../api.js';
import { Presence } from './presence.js';

let asked: string[][];
let states: Record<string, PresenceState>;
let online: boolean;
let refusals: number;
let presence: Presence;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  states = { bea: 'online', eva: 'offline' };
  online = true;
  refusals = 0;
  presence = new Presence({
    watch: (users) => {
      asked.push(users);
      if (refusals-- > 0) return Promise.reject(new CommandError('busy', ''));
      return Promise.resolve({
        users: users.map((user): PersonPresence => ({ user, state: states[user] ?? 'unknown' })),
      });
    },
    isOnline: () => online,
    random: () => 0.5,
    changed: () => undefined,
  });
});

afterEach(() => {
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

it('asks once for what is wanted in a burst, and not again for the same people', async () => {
  presence.watch(['bea']);
  presence.watch(['bea', 'eva', 'bea']);
  await pass(1_000);
  presence.watch(['eva', 'bea']);
  await pass(1_000);
  expect(asked).toEqual([['bea', 'eva']]);
  expect(presence.known).toEqual({ bea: 'online', eva: 'offline' });
});

it('sets what is told of watched people, and nothing about others', async () => {
  presence.watch(['bea']);
  await pass(1_000);
  presence.heard([
    { user: 'bea', state: 'offline' },
    { user: 'eva', state: 'online' },
  ]);
  expect(presence.known).toEqual({ bea: 'offline' });
});

it('who is not watched any more is unknown, and the server is told', async () => {
  presence.watch(['bea', 'eva']);
  await pass(1_000);
  presence.watch(['eva']);
  expect(presence.known).toEqual({ eva: 'offline' });
  presence.watch([]);
  await pass(1_000);
  expect(asked.at(-1)).toEqual([]);
});

it('everybody is unknown without a connection, and asked for again with the next one', async () => {
  presence.watch(['bea']);
  await pass(1_000);
  online = false;
  presence.clear();
  expect(presence.known).toEqual({});
  presence.watch(['bea', 'eva']);
  await pass(60_000);
  expect(asked).toEqual([['bea']]);
  online = true;
  presence.ready();
  await pass(0);
  expect(asked).toEqual([['bea'], ['bea', 'eva']]);
  expect(presence.known).toEqual({ bea: 'online', eva: 'offline' });
});

it('asks anew before the watch ends', async () => {
  presence.watch(['bea']);
  await pass(limits.presenceWatch);
  expect(asked.length).toBeGreaterThanOrEqual(2);
});

it('asks again when the server could not answer', async () => {
  refusals = 3;
  presence.watch(['bea']);
  await pass(10_000);
  expect(asked).toHaveLength(4);
  expect(presence.known).toEqual({ bea: 'online' });
});

it('watches no more people than the server allows', async () => {
  presence.watch(Array.from({ length: 300 }, (_, n) => `person ${n}`));
  await pass(1_000);
  expect(asked[0]).toHaveLength(limits.presenceUsers);
});

it('asks for nobody when nobody is wanted', async () => {
  presence.ready();
  await pass(1_000);
  expect(asked).toEqual([]);
});
