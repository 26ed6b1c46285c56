import type { Change, Output, sendMessage } from '@tertulia/contract';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDatabase, type Database } from './support/database.js';
import { granted, Participant } from './support/participant.js';
import { fetchChanges, rawSocketOf, residentMb } from './support/reading.js';
import { startServer, type Server } from './support/server.js';

type Sent = Output<typeof sendMessage>;

let server: Server;
let database: Database;

beforeAll(async () => {
  database = await createDatabase();
  server = await startServer({ databaseUrl: database.url, env: { EVENTS_PER_SECOND: '5000', LOG_LEVEL: 'debug' } });
});

afterAll(async () => {
  await server.stop();
  await database.drop();
});

const join = (...names: string[]): Promise<Participant[]> =>
  Promise.all(names.map((name) => Participant.join(server.url, name)));

/** Messages of 16 KB, sixteen in flight; gives the last seq. */
async function pour(sender: Participant, conversation: string, count: number): Promise<number> {
  const body = 'x'.repeat(16_000);
  let left = count;
  let last = 0;
  const worker = async (): Promise<void> => {
    while (left-- > 0) {
      const { seq } = granted(await sender.emit<Sent>('message:send', { conversation, id: uuidv7(), body }, 30_000));
      last = Math.max(last, seq);
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return last;
}

const hintsOf = (reader: Participant): { count: number } => {
  const hints = { count: 0 };
  reader.socket!.on('sync:hint', () => (hints.count += 1));
  return hints;
};

/** From the row on they hear everything. */
const added = (member: Participant, conversation: string): Promise<void> =>
  vi.waitFor(() => expect(member.userChanges.map(({ row }) => row.id)).toContain(conversation), 10_000);

const isOneByOne = (changes: readonly Change[]): boolean =>
  changes.every(({ ver }, index) => ver === changes[0]!.ver + index);

/** 64 MB: five who do not read would cost the server twice that if it kept everything for them. */
const FLOOD = 4_000;
const GROWTH_MB = 64;

describe('somebody who does not read', () => {
  it('is taken out of the stream, alone; when they read again one hint and one sync repair what they missed', async () => {
    const [ana, bea, carla] = (await join('Ana', 'Bea', 'Carla')) as [Participant, Participant, Participant];
    const phone = await carla.tab();
    const { id } = await ana.group('Rio', [bea, carla]);
    for (const member of [bea, carla, phone]) await added(member, id);
    const hints = [bea, carla, phone].map(hintsOf);
    rawSocketOf(phone).pause();
    await vi.waitFor(
      async () => {
        await pour(ana, id, 100);
        expect(server.logs()).toContain(`"user":"${carla.id}"`);
      },
      { timeout: 30_000, interval: 1 },
    );
    const { row } = await ana.conversation(id);
    await Promise.all([bea, carla].map((reader) => reader.heard(id, row.ver)));
    rawSocketOf(phone).resume();
    await vi.waitFor(() => expect(hints.map(({ count }) => count)).toEqual([0, 0, 1]), 20_000);

    const { ver, tag } = phone.changes.at(-1)!;
    expect(ver, 'it was shed').toBeLessThan(row.ver);
    const missed = await fetchChanges(phone, id, ver, tag);
    expect([missed[0]?.ver, missed.at(-1)?.ver]).toEqual([ver + 1, row.ver]);
    const next = await ana.send(id, 'otra vez todos');
    for (const reader of [bea, carla, phone]) await reader.heard(id, next.ver);
    for (const reader of [bea, carla]) expect(isOneByOne(reader.changes)).toBe(true);
    expect(isOneByOne(missed)).toBe(true);
    for (const person of [ana, bea, carla, phone]) person.disconnect();
  });

  it('costs the server no memory and the others nothing; who never reads is closed', async () => {
    const [ana, bea, ...slow] = (await join('Ana', 'Bea', 'C', 'D', 'E', 'F', 'G')) as [
      Participant,
      Participant,
      ...Participant[],
    ];
    const { id } = await ana.group('Mar', [bea, ...slow]);
    for (const member of [bea, ...slow]) await added(member, id);
    await pour(ana, id, 200);
    const before = residentMb(server.process.pid!);
    for (const reader of slow) rawSocketOf(reader).pause();
    await pour(ana, id, FLOOD);
    expect(residentMb(server.process.pid!) - before).toBeLessThan(GROWTH_MB);

    const { row } = await ana.conversation(id);
    await vi.waitFor(() => expect(bea.changes.at(-1)?.ver).toBe(row.ver), 30_000);
    expect(isOneByOne(bea.changes)).toBe(true);
    const closed = /"msg":"a socket that does not read was closed"/g;
    await vi.waitFor(() => expect(server.logs().match(closed)).toHaveLength(slow.length), 30_000);
    for (const reader of slow) rawSocketOf(reader).resume();
    await vi.waitFor(() => expect(slow.some(({ socket }) => socket!.connected)).toBe(false), 10_000);
    for (const person of [ana, bea]) person.disconnect();
  });
});
