import { createHmac } from 'node:crypto';
import { createClient } from '@redis/client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createDatabase } from './support/database.js';
import { Participant } from './support/participant.js';
import { PresenceListener } from './support/presence-listener.js';
import { startRedis } from './support/redis.js';
import { startServer, type Server } from './support/server.js';

const SECRET = 'x'.repeat(40);
/** A lease, and what a busy machine adds. */
const LONG = 150_000;

/** Nodes of one chat: one database, one secret. */
async function startNodes(count: number, env: Record<string, string> = {}): Promise<Server[]> {
  const { url } = await createDatabase();
  const nodes: Server[] = [];
  for (let node = 0; node < count; node += 1)
    nodes.push(await startServer({ databaseUrl: url, env: { SECRET_KEY: SECRET, ...env } }));
  onTestFinished(async () => {
    await Promise.all(nodes.filter(({ process }) => !process.killed).map((node) => node.stop()));
  });
  return nodes;
}

async function startTwoWithRedis() {
  const redis = await startRedis();
  const [one, two] = (await startNodes(2, { REDIS_URL: redis.url })) as [Server, Server];
  return { redis, one, two };
}

async function on({ url }: Server, name: string): Promise<PresenceListener> {
  return new PresenceListener(await Participant.join(url, name));
}

/** Connects somebody to another node, as after a move. */
async function moveTo({ url }: Server, { who }: PresenceListener): Promise<void> {
  Object.assign(who, { server: url });
  await who.connect();
}

describe('two nodes that hear each other', () => {
  it('tell who types to the members on both, and to nobody else', async () => {
    const { one, two } = await startTwoWithRedis();
    const [ana, bea, eva] = [await on(one, 'Ana'), await on(two, 'Bea'), await on(two, 'Eva')];
    const direct = await ana.who.direct(bea.who);
    const group = await ana.who.group('Tertulia', [bea.who]);
    await ana.typesUntilHeard(direct.id, bea);
    await bea.typesUntilHeard(group.id, ana);
    expect(eva.typing).toEqual([]);
    expect(ana.typing.map(({ user }) => user)).not.toContain(ana.who.id);
  });

  it('tell who is online on either, and a move from one to the other is not seen', async () => {
    const { one, two } = await startTwoWithRedis();
    const [ana, bea] = [await on(one, 'Ana'), await on(two, 'Bea')];
    await ana.who.direct(bea.who);
    await ana.watch(bea.who);
    await ana.sees(bea.who, 'online', 30_000);
    const before = ana.told.length;
    bea.who.disconnect();
    await moveTo(one, bea);
    await expect.poll(() => ana.watch(bea.who), { timeout: 9_000, interval: 1_000 }).toEqual(['online']);
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    expect(new Set(ana.told.slice(before).map(({ state }) => state))).toEqual(new Set(['online']));
    bea.who.disconnect();
    await ana.sees(bea.who, 'offline', 20_000);
  });

  it('the people of a killed node are offline within 45 seconds, unless they are back', { timeout: LONG }, async () => {
    const { one, two } = await startTwoWithRedis();
    const [ana, bea, eva] = [await on(one, 'Ana'), await on(two, 'Bea'), await on(two, 'Eva')];
    await ana.who.group('Tertulia', [bea.who, eva.who]);
    await ana.watch(bea.who, eva.who);
    await ana.sees(bea.who, 'online', 30_000);
    await ana.sees(eva.who, 'online', 30_000);
    const since = performance.now();
    await two.kill();
    await moveTo(one, eva);
    await ana.sees(bea.who, 'offline', 60_000);
    expect(performance.now() - since).toBeLessThan(45_000);
    expect(ana.of(eva.who)).not.toContain('offline');
    expect(ana.of(eva.who).at(-1)).toBe('online');
  });

  it(
    'without Redis only those of the own node are known, and all again when it is back',
    { timeout: LONG },
    async () => {
      const { redis, one, two } = await startTwoWithRedis();
      const [ana, bea, eva] = [await on(one, 'Ana'), await on(two, 'Bea'), await on(one, 'Eva')];
      await ana.who.group('Tertulia', [bea.who, eva.who]);
      await ana.watch(bea.who, eva.who);
      await ana.sees(bea.who, 'online', 30_000);
      await redis.kill();
      await ana.sees(bea.who, 'unknown', 30_000);
      expect(await ana.watch(bea.who, eva.who)).toEqual(['unknown', 'online']);
      bea.who.disconnect();
      await redis.start();
      await ana.sees(bea.who, 'offline', 60_000);
      await bea.who.connect();
      await ana.sees(bea.who, 'online', 30_000);
    },
  );

  it('believe nothing that they cannot read, and go on', async () => {
    const { redis, one, two } = await startTwoWithRedis();
    const [ana, bea] = [await on(one, 'Ana'), await on(two, 'Bea')];
    const { id } = await ana.who.direct(bea.who);
    await ana.watch(bea.who);
    await ana.sees(bea.who, 'online', 30_000);
    const forger = createClient({ url: redis.url });
    await forger.connect();
    onTestFinished(() => forger.destroy());
    const namespace = createHmac('sha256', SECRET).update('bus').digest('base64url').slice(0, 16);
    const lies = [
      null,
      { kind: 'list', node: 'x', n: 1, here: ['1'] },
      { kind: 'list', node: 'x', n: -1, here: [] },
      { kind: 'change', node: '', n: 1, here: [], gone: [] },
      { conversation: 1e12, userId: 1, user: 'A'.repeat(16) },
      { conversation: 'x' },
    ];
    for (const message of lies)
      for (const topic of ['presence', 'typing'])
        await forger.publish(`tertulia:${namespace}:${topic}`, JSON.stringify({ from: 'forger', message }));
    await ana.typesUntilHeard(id, bea);
    bea.who.disconnect();
    await ana.sees(bea.who, 'offline', 20_000);
  });
});

describe('the nodes of one machine', () => {
  it('hear each other without Redis', async () => {
    const { url } = await createDatabase();
    const server = await startServer({ databaseUrl: url, args: ['--nodes', '2'] });
    onTestFinished(() => server.stop().then(() => undefined));
    const people = await Promise.all(['Ana', 'Bea', 'Carl', 'Dora', 'Eva', 'Flor'].map((name) => on(server, name)));
    const [ana, ...others] = people as [PresenceListener, ...PresenceListener[]];
    const { id } = await ana.who.group(
      'Tertulia',
      others.map(({ who }) => who),
    );
    await ana.typesUntilHeard(id, ...others);
    await ana.watch(...others.map(({ who }) => who));
    for (const { who } of others) await ana.sees(who, 'online', 30_000);
    for (const { who } of others) who.disconnect();
    for (const { who } of others) await ana.sees(who, 'offline', 30_000);
  });
});

describe('nodes that cannot hear each other', () => {
  it('say unknown of whom they do not hold; the last one left knows everybody', { timeout: LONG }, async () => {
    const [one, two] = (await startNodes(2)) as [Server, Server];
    const [ana, bea, eva] = [await on(one, 'Ana'), await on(two, 'Bea'), await on(one, 'Eva')];
    await ana.who.group('Tertulia', [bea.who, eva.who]);
    expect(await ana.watch(bea.who, eva.who)).toEqual(['unknown', 'online']);
    eva.who.disconnect();
    await ana.sees(eva.who, 'unknown', 20_000);
    await two.kill();
    await ana.sees(eva.who, 'offline', 60_000);
    await ana.sees(bea.who, 'offline', 20_000);
    await moveTo(one, bea);
    await ana.sees(bea.who, 'online', 20_000);
  });
});
