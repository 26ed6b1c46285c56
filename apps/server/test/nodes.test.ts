import { createHmac } from 'node:crypto';
import { createClient } from '@redis/client';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDatabase } from './support/database.js';
import { granted, Participant, request } from './support/participant.js';
import { startRedis } from './support/redis.js';
import { spawnServer, startServer, type Server } from './support/server.js';

const SECRET = 'x'.repeat(40);
const WAIT = { timeout: 10_000, interval: 20 };

/** Nodes of one chat: one database, one secret. */
async function startNodes(count: number, env: Record<string, string> = {}): Promise<Server[]> {
  const { url } = await createDatabase();
  const start = (): Promise<Server> => startServer({ databaseUrl: url, env: { SECRET_KEY: SECRET, ...env } });
  // The first one migrates: the others would only wait for it.
  const nodes = [await start(), ...(await Promise.all(Array.from({ length: count - 1 }, start)))];
  stopAfterTest(nodes);
  return nodes;
}

function stopAfterTest(nodes: readonly Server[]): void {
  onTestFinished(async () => {
    await Promise.all(nodes.map((node) => node.stop()));
  });
}

const on = ({ url }: Server, name: string): Promise<Participant> => Participant.join(url, name);

const heardOnly = (participant: Participant, conversation: string): number[] =>
  participant.changes.filter((change) => change.conversation === conversation).map(({ ver }) => ver);

/** Writes from every node at once, then sees that everybody heard everything once and in one order. */
async function talkAcross(nodes: readonly Server[]): Promise<void> {
  const people = await Promise.all(nodes.map((node, index) => on(node, `P${index}`)));
  const { id } = await people[0]!.group('Cruce', people.slice(1));
  // Whoever has this is in the stream; what came before may have come with a sync.
  const { ver } = await people[0]!.send(id, 'hola');
  await Promise.all(people.map((person) => person.heard(id, ver)));
  await Promise.all(
    people.map(async (person, writer) => {
      for (let index = 0; index < 20; index += 1) await person.send(id, `${writer}:${index}`);
    }),
  );
  const last = ver + 20 * people.length;
  await Promise.all(people.map((person) => person.heard(id, last)));
  const wanted = Array.from({ length: 20 * people.length }, (_, index) => ver + 1 + index);
  for (const person of people) {
    expect(heardOnly(person, id).filter((heard) => heard > ver)).toEqual(wanted);
    expect(person.bodies(id)).toEqual(people[0]!.bodies(id));
  }
}

describe('several nodes on one database', () => {
  it('are one chat through the commit log alone', async () => {
    await talkAcross(await startNodes(3));
  });

  it('are one chat with a bell over Redis, also while it is killed and after it comes back empty', async () => {
    const redis = await startRedis();
    const nodes = await startNodes(2, { REDIS_URL: redis.url });
    await talkAcross(nodes);
    await redis.kill();
    await talkAcross(nodes);
    await redis.start();
    await talkAcross(nodes);
  });

  it('boot and serve while Redis cannot be reached', async () => {
    await talkAcross(await startNodes(2, { REDIS_URL: 'redis://127.0.0.1:1' }));
  });

  it('believe no bell: forged, absurd and malformed ones change nothing', async () => {
    const redis = await startRedis();
    const nodes = await startNodes(2, { REDIS_URL: redis.url });
    const forger = createClient({ url: redis.url });
    await forger.connect();
    onTestFinished(() => forger.destroy());
    const namespace = createHmac('sha256', SECRET).update('bus').digest('base64url').slice(0, 16);
    const lies = [{ c: [1, 2_147_483_647, 2, 999, 3, -5], u: [1, 2, 3, 99_999] }, { c: [1], u: [] }, { c: 'x' }, null];
    const say = (topic: string, text: string): void => {
      // The end of the test cuts what is under way.
      forger.publish(`tertulia:${namespace}:${topic}`, text).catch(() => undefined);
    };
    const forge = setInterval(() => {
      for (const message of lies) say('bell', JSON.stringify({ from: 'evil', message }));
      say('bell', '{not json');
      say('session-ended', JSON.stringify({ from: 'evil', message: 1 }));
    }, 5);
    onTestFinished(() => clearInterval(forge));
    await talkAcross(nodes);
  });

  it('tell the removed nothing after the removal, and take them back in when they are added on another node', async () => {
    const [first, second] = await startNodes(2);
    const [ana, bea, carla] = [await on(first!, 'Ana'), await on(second!, 'Bea'), await on(second!, 'Carla')];
    const { id } = await ana.group('Puerta', [bea, carla]);
    await vi.waitFor(() => expect(bea.userChanges.length).toBe(1), WAIT);
    const removed = await ana.ok<{ ver: number }>('POST', `/api/conversations/${id}/remove-member`, {
      op: uuidv7(),
      user: bea.id,
    });
    const secret = await ana.send(id, 'sin Bea');
    await carla.heard(id, secret.ver);
    await vi.waitFor(() => expect(bea.userChanges.at(-1)?.row.me.left).toBe(true), WAIT);
    expect(heardOnly(bea, id).filter((ver) => ver >= removed.ver - 1)).toEqual([]);
    await ana.ok('POST', `/api/conversations/${id}/add-members`, { op: uuidv7(), users: [bea.id] });
    await vi.waitFor(() => expect(bea.userChanges.at(-1)?.row.me.left).toBe(false), WAIT);
    const back = await carla.send(id, 'con Bea');
    await bea.heard(id, back.ver);
  });

  it('tell the removed nothing of an edit made after the removal, when a node that lags tells what was before it', async () => {
    const [first, second] = await startNodes(2);
    const [ana, bea, carla] = [await on(first!, 'Ana'), await on(second!, 'Bea'), await on(second!, 'Carla')];
    const { id } = await ana.group('Puerta', [bea, carla]);
    second!.process.kill('SIGSTOP');
    onTestFinished(() => void second!.process.kill('SIGCONT'));
    const sent = await ana.send(id, 'con Bea');
    await ana.ok('POST', `/api/conversations/${id}/remove-member`, { op: uuidv7(), user: bea.id });
    const edit = { conversation: id, op: uuidv7(), seq: sent.seq, base: sent.ver, body: 'sin Bea' };
    const { ver } = granted(await ana.emit<{ ver: number }>('message:edit', edit));
    second!.process.kill('SIGCONT');
    await carla.heard(id, ver);
    await vi.waitFor(() => expect(bea.userChanges.at(-1)?.row.me.left).toBe(true), WAIT);
    expect(JSON.stringify([bea.changes, bea.known(id)])).not.toContain('sin Bea');
  });

  it('agree on what a person has read, whichever node their devices are on', async () => {
    const [first, second] = await startNodes(2);
    const [ana, desk] = [await on(first!, 'Ana'), await on(first!, 'Bea')];
    const phone = await desk.tab();
    phone.socket!.disconnect();
    Object.assign(phone, { server: second!.url });
    await phone.connect();
    const { id } = await ana.direct(desk);
    await ana.send(id, 'uno');
    await phone.emit('read:mark', { conversation: id, rev: 0, seq: 1 });
    await vi.waitFor(() => expect(desk.userChanges.at(-1)?.row.me).toMatchObject({ readRev: 0, readSeq: 1 }), WAIT);
  });

  it('cut the sockets of a session that was ended on another node, and at once when they hear of it', async () => {
    const redis = await startRedis();
    for (const env of [{}, { REDIS_URL: redis.url }]) {
      const [first, second] = await startNodes(2, env);
      const ana = await on(first!, 'Ana');
      if ('REDIS_URL' in env) await new Promise((resolve) => setTimeout(resolve, 1_000));
      const began = performance.now();
      const cut = new Promise((resolve) => ana.socket!.once('session:ended', resolve));
      await request(second!.url, 'POST', '/api/auth/logout', {}, { cookie: ana.cookie, 'x-tertulia': '1' });
      expect(await cut).toEqual({ code: 'session_ended' });
      // The rule of P6, and no figure: one second where nodes hear each other, five where they do not.
      expect(performance.now() - began).toBeLessThan('REDIS_URL' in env ? 1_000 : 5_000);
      await vi.waitFor(() => expect(ana.socket!.connected).toBe(false), WAIT);
    }
  });

  it('begin one new epoch together when the database turns out to be an older copy', async () => {
    const { url } = await createDatabase();
    const nodes = await Promise.all([1, 2].map(() => startServer({ databaseUrl: url, env: { SECRET_KEY: SECRET } })));
    stopAfterTest(nodes);
    const [ana, bea] = [await on(nodes[0]!, 'Ana'), await on(nodes[1]!, 'Bea')];
    const [before, same] = [(await ana.list()).epoch, (await bea.list()).epoch];
    expect(same).toBe(before);
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    // As after an older copy was put back: the epoch that was served is not in it.
    await client.query("update epochs set id = gen_random_uuid(), started_at = started_at - interval '1 day'");
    await vi.waitFor(async () => expect((await ana.list()).epoch).not.toBe(before), WAIT);
    const after = (await ana.list()).epoch;
    await vi.waitFor(async () => expect((await bea.list()).epoch).toBe(after), WAIT);
    await vi.waitFor(() => expect([ana, bea].map(({ socket }) => socket!.connected)).toEqual([false, false]), WAIT);
    const { rows } = await client.query('select count(*)::int as epochs from epochs');
    expect(rows).toEqual([{ epochs: 2 }]);
    await client.end();
  });
});

describe('npm start -- --nodes', () => {
  it('runs several nodes behind one address: one that is killed is replaced, all stop with the first process', async () => {
    const { url } = await createDatabase();
    const started = await startServer({ databaseUrl: url, args: ['--nodes', '3'] });
    const people = await Promise.all(Array.from({ length: 6 }, (_, index) => on(started, `P${index}`)));
    const { id, ver } = await people[0]!.group('Tres', people.slice(1));
    for (const person of people) await person.send(id, person.name);
    await Promise.all(people.map((person) => person.heard(id, ver + people.length)));
    expect(await started.stop()).toBe(0);
    await vi.waitFor(() => expect(people.every(({ socket }) => !socket!.connected)).toBe(true), WAIT);
  });

  it('refuses a number that is none', async () => {
    const { gone, logs } = spawnServer({ databaseUrl: 'postgres://x@127.0.0.1:1/x', args: ['--nodes', 'many'] });
    expect((await gone)[0]).toBe(1);
    expect(logs()).toContain('--nodes was "many"; it must be a whole number from 1 to 64.');
  });
});
