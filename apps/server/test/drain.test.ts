import { createClient, memoryStorage, type TertuliaClient } from '@tertulia/client';
import { PROTOCOL_VERSION, type Ack, type Output, type sendMessage } from '@tertulia/contract';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { expect, inject, it, vi } from 'vitest';
import { createDatabase } from './support/database.js';
import { Front } from './support/front.js';
import { Participant, PASSWORD, request } from './support/participant.js';
import { rawSocketOf } from './support/reading.js';
import { startServer, temporaryFolder } from './support/server.js';

type Sent = Output<typeof sendMessage>;

const SECRET = { SECRET_KEY: 'the same secret for every life of it' };
const PEOPLE = 24;
const EACH = 30;
/** What whoever supervises us waits for. */
const LONGEST_MS = 25_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it(
  'SIGTERM finishes what is being stored, answers it, tells the sockets, and loses nothing',
  { timeout: 120_000 },
  async () => {
    const database = await createDatabase();
    const server = await startServer({ databaseUrl: database.url, env: SECRET });
    const senders = await Promise.all(
      Array.from({ length: 8 }, (_, index) => Participant.join(server.url, `P${index}`)),
    );
    const { id } = await senders[0]!.group('Hasta luego', senders.slice(1));
    const byes: { after: number }[] = [];
    for (const sender of senders) sender.socket!.on('bye', (bye: { after: number }) => byes.push(bye));
    const acks: Promise<Ack<Sent> | null>[] = [];
    for (let index = 0; index < 25; index += 1) {
      for (const sender of senders) {
        const message = { conversation: id, id: uuidv7(), body: `${index}` };
        acks.push(sender.emit<Sent>('message:send', message, 5_000).catch(() => null));
      }
      if (index === 12) void server.stop();
      await pause(5);
    }
    const answers = await Promise.all(acks);
    await vi.waitFor(() => expect(server.process.exitCode).toBe(0), 10_000);
    expect(byes).toHaveLength(senders.length);
    expect(new Set(byes.map(({ after }) => after)).size, 'they do not come back at once').toBe(senders.length);
    expect(Math.max(...byes.map(({ after }) => after)), 'and soon, being few').toBeLessThan(1_000);
    const refusals = answers.flatMap((ack) => (ack?.ok === false ? [ack.error.code] : []));
    for (const code of refusals) expect(code).toBe('moved');

    const again = await startServer({ databaseUrl: database.url, env: SECRET });
    const reader = senders[0]!;
    Object.assign(reader, { server: again.url });
    const seqs = new Map<string, number>();
    for (let after = 0, more = true; more;) {
      const page = await reader.history(id, `?after=${after}&limit=100`);
      for (const message of page.messages) seqs.set(message.id, message.seq);
      after = page.messages.at(-1)?.seq ?? after;
      more = page.hasNewer;
    }
    for (const ack of answers) if (ack?.ok) expect([...seqs.values()]).toContain(ack.data.seq);
    expect(await again.stop()).toBe(0);
  },
);

it(
  '24 people who write while the server stops and starts come back once each, and nothing is lost, doubled or out of order',
  { timeout: 240_000 },
  async () => {
    const database = await createDatabase();
    const front = await Front.open();
    const start = async () => {
      const server = await startServer({ databaseUrl: database.url, env: { ...SECRET, EVENTS_PER_SECOND: '200' } });
      front.lead(server.url);
      return server;
    };
    const first = await start();
    const people: { client: TertuliaClient; id: string }[] = [];
    for (let index = 0; index < PEOPLE; index += 1) {
      const client = createClient({ baseUrl: front.url, storage: memoryStorage() });
      const email = `${index}.${Date.now()}@example.org`;
      people.push({ client, id: (await client.register({ email, name: `P${index}`, password: PASSWORD })).id });
    }
    const { id } = await people[0]!.client.createGroup(
      'Mudanza',
      people.slice(1).map((person) => person.id),
    );
    await vi.waitFor(() => expect(front.ready).toBe(PEOPLE), 20_000);

    const writing = people.map(async ({ client }, writer) => {
      for (let index = 0; index < EACH; index += 1) {
        await client.send(id, `${writer}:${index}`);
        await pause(50 + Math.random() * 100);
      }
    });
    await pause(1_000);
    expect(await first.stop()).toBe(0);
    const second = await start();
    await Promise.all(writing);
    for (const { client } of people)
      await vi.waitFor(async () => expect(await client.pendingCount()).toBe(0), { timeout: 30_000, interval: 100 });
    await vi.waitFor(() => expect(front.ready).toBe(2 * PEOPLE), 20_000);

    const reader = await Participant.register(second.url, 'Lectora');
    await people[0]!.client.addMembers(id, [reader.id]);
    const bodies: string[] = [];
    for (let after = 0, more = true; more;) {
      const page = await reader.history(id, `?after=${after}&limit=100`);
      expect(page.messages.map(({ seq }) => seq)).toEqual(page.messages.map((_, index) => after + 1 + index));
      bodies.push(...page.messages.filter(({ sender }) => sender !== null).map(({ body }) => body));
      after = page.messages.at(-1)?.seq ?? after;
      more = page.hasNewer;
    }
    expect(bodies).toHaveLength(PEOPLE * EACH);
    for (const writer of people.keys())
      expect(bodies.filter((body) => body.startsWith(`${writer}:`))).toEqual(
        Array.from({ length: EACH }, (_, index) => `${writer}:${index}`),
      );
    expect(front.ready, 'nobody connected a third time').toBe(2 * PEOPLE);
    await Promise.all(people.map(({ client }) => client.close()));
    expect(await second.stop()).toBe(0);
  },
);

it(
  'says so while it stops, takes nobody new, and ends although the database is silent and somebody does not read',
  { timeout: 120_000 },
  async () => {
    const front = await Front.open();
    front.lead(inject('postgres'));
    const database = new URL((await createDatabase()).url);
    database.host = `127.0.0.1:${front.port}`;
    const server = await startServer({ databaseUrl: database.href });
    const [ana, bea] = [await Participant.join(server.url, 'Ana'), await Participant.join(server.url, 'Bea')];
    const { id } = await ana.direct(bea);
    rawSocketOf(bea).pause();
    for (let index = 0; index < 50; index += 1) await ana.send(id, 'x'.repeat(16_000));
    const ready = () => request(server.url, 'GET', '/api/health/ready');
    expect((await ready()).status).toBe(200);

    front.freeze();
    const message = { conversation: id, id: uuidv7(), body: 'nadie sabe' };
    const answer = ana.emit<Sent>('message:send', message, 60_000).catch(() => null);
    await vi.waitFor(async () => expect((await ready()).body.error?.code).toBe('unavailable'), 20_000);
    const stopped = Date.now();
    const gone = server.stop();
    await vi.waitFor(async () => expect((await ready()).body.error?.code).toBe('moved'), 10_000);
    const live = await request(server.url, 'GET', '/api/health/live');
    expect([live.status, live.headers.get('connection')]).toEqual([200, 'close']);
    const token = ana.grant.accessToken;
    await expect(ana.connect({ token, protocol: PROTOCOL_VERSION })).rejects.toMatchObject({ data: { code: 'moved' } });
    expect(await gone).toBe(0);
    expect(Date.now() - stopped).toBeLessThan(LONGEST_MS);
    const ack = await answer;
    if (ack !== null) expect(ack, 'if anything').toMatchObject({ ok: false, error: { code: 'outcome_unknown' } });
  },
);

it('ends in time although its own PostgreSQL does not stop', { timeout: 120_000 }, async () => {
  const dataDir = temporaryFolder();
  const server = await startServer({ dataDir, databaseUrl: 'embedded' });
  const postmaster = Number(readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(postmaster, 'SIGSTOP');
  try {
    const stopped = Date.now();
    expect(await server.stop()).toBe(1);
    expect(Date.now() - stopped).toBeLessThan(LONGEST_MS);
    expect(server.logs()).toContain('could not stop in time');
  } finally {
    process.kill(postmaster, 'SIGCONT');
  }
});
