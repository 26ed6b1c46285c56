import {
  limits,
  PROTOCOL_VERSION,
  type Change,
  type Output,
  type sendMessage,
  type WireError,
} from '@tertulia/contract';
import { io, Manager, type Socket } from 'socket.io-client';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDatabase, type Database } from './support/database.js';
import { granted, Participant, request } from './support/participant.js';
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
  it(
    'is taken out of the stream, alone; when they read again one hint and one sync repair what they missed',
    { timeout: 120_000 },
    async () => {
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
    },
  );

  it('and is logged out gets nothing of what still waits for them', async () => {
    const [ana, bea] = (await join('Ana', 'Bea')) as [Participant, Participant];
    const { id } = await ana.group('Lago', [bea]);
    await added(bea, id);
    rawSocketOf(bea).pause();
    await vi.waitFor(
      async () => {
        await pour(ana, id, 100);
        expect(server.logs()).toContain(`"user":"${bea.id}"`);
      },
      { timeout: 30_000, interval: 1 },
    );
    await request(server.url, 'POST', '/api/auth/logout', {}, { cookie: bea.cookie, 'x-tertulia': '1' });
    // The farewell of an orderly end would come after all that waits: who hears it has been given the rest too.
    const heard: string[] = [];
    bea.socket!.on('session:ended', () => heard.push('farewell'));
    const closed = new Promise<string>((resolve) => bea.socket!.once('disconnect', resolve));
    rawSocketOf(bea).resume();
    expect(await closed).toBe('transport close');
    expect(heard).toEqual([]);
    ana.disconnect();
  });

  it('costs the server no memory and the others nothing; who never reads is closed', { timeout: 180_000 }, async () => {
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
    // Who reads in time comes back instead: they stay silent until the server has lost its patience with each.
    const closed = (): number => server.logs().split('a socket that does not read was closed').length - 1;
    await vi.waitFor(() => expect(closed()).toBe(slow.length), 30_000);
    for (const reader of slow) rawSocketOf(reader).resume();
    await vi.waitFor(() => expect(slow.some(({ socket }) => socket!.connected)).toBe(false), 10_000);
    for (const person of [ana, bea]) person.disconnect();
  });
});

/** Handshakes over one connection, in one breath: what a herd of clients looks like to the server. */
async function knockOften(times: number): Promise<WireError[]> {
  const manager = new Manager(server.url, { transports: ['websocket'], reconnection: false, autoConnect: false });
  await new Promise<void>((resolve, reject) => manager.open((error) => (error ? reject(error) : resolve())));
  const { engine } = manager;
  const answers: WireError[] = [];
  engine.on('data', (packet) => answers.push(JSON.parse((packet as string).slice(1)) as WireError));
  for (let knock = 0; knock < times; knock += 1) engine.write('0{}');
  await vi.waitFor(() => expect(answers).toHaveLength(times), 20_000);
  engine.close();
  return answers.map((answer) => (answer as unknown as { data: WireError }).data);
}

describe('more than its share', () => {
  it('the eleventh tab of a person gets in, and the one that was silent for the longest time waits over HTTP', async () => {
    const [ana] = (await join('Ana')) as [Participant];
    const tabs = [ana];
    for (let tab = 1; tab < 10; tab += 1) tabs.push(await ana.tab());
    const byes = tabs.map((tab) => {
      const heard: unknown[] = [];
      tab.socket!.on('bye', (bye: unknown) => heard.push(bye));
      return heard;
    });
    // The first tab speaks, so the second is the one that nobody uses.
    await tabs[0]!.emit('token:renew', { token: ana.grant.accessToken });
    const eleventh = await ana.tab();
    await vi.waitFor(() => expect(tabs[1]!.socket!.connected).toBe(false));
    expect(byes.map(({ length }) => length)).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(byes[1]).toEqual([{ after: 60_000 }]);
    const others = [...tabs.filter((_, index) => index !== 1), eleventh];
    expect(others.every(({ socket }) => socket!.connected)).toBe(true);
    const { id } = await ana.direct(ana);
    for (const tab of others) await added(tab, id);
    const { ver } = await ana.send(id, 'a todas');
    for (const tab of others) await tab.heard(id, ver);
    for (const tab of others) tab.disconnect();
  });

  it('more syncs than twenty at once are told when to come again, and all of them are answered in the end', async () => {
    const [ana] = (await join('Ana')) as [Participant];
    const ask = () => ana.call('POST', '/api/sync', { epoch: null, uver: 0, cursors: [] });
    const answers = await Promise.all(Array.from({ length: 200 }, ask));
    const refused = answers.filter(({ body }) => body.error?.code === 'busy');
    expect(refused.length).toBeGreaterThan(0);
    expect(answers.some(({ status }) => status === 200)).toBe(true);
    for (const { body, headers } of refused) {
      expect(body.error!.data!['after']).toBeGreaterThanOrEqual(1);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    }
    expect(new Set(refused.map(({ body }) => body.error!.data!['after'])).size, 'spread').toBeGreaterThan(1);
    await vi.waitFor(async () => expect((await ask()).status).toBe(200), 20_000);
    ana.disconnect();
  });

  it('a herd of handshakes is told when to come again, each at a moment of its own, and gets in then', async () => {
    const [ana] = (await join('Ana')) as [Participant];
    ana.disconnect();
    const answers = await knockOften(400);
    const waits = answers.flatMap(({ code, data }) => (code === 'busy' ? [data!['after'] as number] : []));
    expect(waits.length).toBeGreaterThan(0);
    expect(answers.filter(({ code }) => code === 'unauthenticated').length).toBeGreaterThanOrEqual(150);
    expect(new Set(waits).size).toBeGreaterThan(waits.length / 2);
    const refusal = await ana.connect().then(
      () => undefined,
      (error: unknown) => (error as { data: WireError }).data,
    );
    if (refusal !== undefined) {
      expect(refusal.code).toBe('busy');
      await new Promise((resolve) => setTimeout(resolve, (refusal.data!['after'] as number) * 1_000));
      await ana.connect();
    }
    ana.disconnect();
  });

  it('binary frames and frames that are too large close the socket; nobody else notices', async () => {
    const [ana, bea, carla] = (await join('Ana', 'Bea', 'Carla')) as [Participant, Participant, Participant];
    const { id } = await ana.direct(ana);
    bea.socket!.emit('message:send', { conversation: id, id: uuidv7(), body: Buffer.from('x') });
    carla.socket!.emit('message:send', { conversation: id, id: uuidv7(), body: 'x'.repeat(limits.frameBytes) });
    for (const { socket } of [bea, carla]) await vi.waitFor(() => expect(socket!.connected).toBe(false));
    await ana.send(id, 'todo bien');
    ana.disconnect();
  });

  it('an address has as many sockets as it may; this machine, where a proxy runs, is not one visitor', async () => {
    const behind = await startServer({
      databaseUrl: database.url,
      env: { TRUST_PROXY: 'true', SOCKETS_PER_ADDRESS: '3' },
    });
    const { grant } = await Participant.register(behind.url, 'Ana');
    const open = (address: string): Promise<string> =>
      new Promise((resolve) => {
        const socket = io(behind.url, {
          transports: ['websocket'],
          forceNew: true,
          reconnection: false,
          auth: { token: grant.accessToken, protocol: PROTOCOL_VERSION },
          extraHeaders: { 'x-forwarded-for': address },
        });
        sockets.push(socket);
        socket.once('ready', () => resolve('ready'));
        socket.once('connect_error', () => resolve('refused'));
      });
    const sockets: Socket[] = [];
    const knock = async (...addresses: string[]): Promise<string[]> => {
      const answers: string[] = [];
      for (const address of addresses) answers.push(await open(address));
      return answers;
    };
    expect(await knock('203.0.113.7', '203.0.113.7', '198.51.100.9, 203.0.113.7')).toEqual(['ready', 'ready', 'ready']);
    expect(await knock('203.0.113.7', '203.0.113.8')).toEqual(['refused', 'ready']);
    expect(await knock('127.0.0.1', '127.0.0.1', '127.0.0.1', '127.0.0.1')).toEqual([
      'ready',
      'ready',
      'ready',
      'ready',
    ]);
    sockets[0]!.disconnect();
    await vi.waitFor(async () => expect(await open('203.0.113.7')).toBe('ready'));
    for (const socket of sockets) socket.disconnect();
    expect(await behind.stop()).toBe(0);
  });
});
