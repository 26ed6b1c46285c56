import {
  createClient,
  memoryStorage,
  type ClientEvent,
  type ConversationView,
  type TertuliaClient,
  type Timeline,
} from '@tertulia/client';
import type { Message } from '@tertulia/contract';
import { once } from 'node:events';
import net from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { PASSWORD } from './support/participant.js';
import { startServer, temporaryFolder, type Server } from './support/server.js';

/** What a person sees: the last state the client told. */
class Screen {
  timeline: Timeline | null = null;
  rows: readonly ConversationView[] = [];

  constructor(
    readonly client: TertuliaClient,
    readonly id: string,
    readonly email: string,
  ) {
    client.subscribe((event: ClientEvent) => {
      if (event.type === 'timeline') this.timeline = event.timeline;
      if (event.type === 'conversations') this.rows = event.rows;
    });
  }

  get messages(): readonly Message[] {
    return this.timeline?.messages ?? [];
  }
}

const dataDir = temporaryFolder();
let server: Server;
let port: number;

const start = (): Promise<Server> =>
  startServer({ dataDir, databaseUrl: 'embedded', env: { PORT: String(port), EVENTS_PER_SECOND: '200' } });

async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port: free } = probe.address() as net.AddressInfo;
  probe.close();
  return free;
}

async function join(name: string, storage = memoryStorage()): Promise<Screen> {
  const client = createClient({ baseUrl: server.url, storage });
  const email = `${name}.${Date.now()}.${Math.random()}@example.org`;
  const me = await client.register({ email, name, password: PASSWORD });
  return new Screen(client, me.id, email);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

beforeAll(async () => {
  port = await freePort();
  server = await start();
});

afterAll(async () => {
  await server.stop();
});

async function settled(screens: readonly Screen[]): Promise<void> {
  for (const { client } of screens)
    await vi.waitFor(async () => expect(await client.pendingCount()).toBe(0), { timeout: 30_000, interval: 100 });
}

it('people who write through kill -9 of the server all end up with the same conversation: nothing lost, doubled or out of order', async () => {
  const screens = await Promise.all(['Ana', 'Bea', 'Carla', 'Dina'].map((name) => join(name)));
  const [ana, ...others] = screens;
  const { id } = await ana!.client.createGroup(
    'Tormenta',
    others.map((other) => other.id),
  );
  for (const { client } of screens) await client.openConversation(id);
  const writing = screens.map(async ({ client }, writer) => {
    for (let index = 0; index < 60; index += 1) {
      await client.send(id, `${writer}:${index}`);
      await pause(Math.random() * 80);
    }
  });
  for (let kill = 0; kill < 2; kill += 1) {
    await pause(700);
    await server.kill();
    await pause(300);
    server = await start();
  }
  await Promise.all(writing);
  await settled(screens);
  const total = 1 + 4 * 60;
  for (const screen of screens) {
    await vi.waitFor(() => expect(screen.messages.at(-1)?.seq).toBe(total), 20_000);
    expect(screen.timeline?.pending).toEqual([]);
    const seqs = screen.messages.map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, index) => seqs[0]! + index));
    expect(screen.messages.map(({ id: op }) => op)).toEqual(ana!.messages.slice(-seqs.length).map(({ id: op }) => op));
  }
  const bodies = ana!.messages.map(({ body }) => body);
  expect(new Set(bodies).size).toBe(bodies.length);
  for (const writer of screens.keys()) {
    const own = bodies.filter((body) => body.startsWith(`${writer}:`)).map((body) => Number(body.split(':')[1]));
    expect(own).toEqual(own.map((_, index) => own[0]! + index));
    expect(own.at(-1)).toBe(59);
  }
  for (const screen of screens)
    await vi.waitFor(
      () => expect(screen.rows.find((row) => row.id === id)).toMatchObject({ seq: total, preview: { seq: total } }),
      5_000,
    );
  await Promise.all(screens.map(({ client }) => client.close()));
});

it('what was written without a server survives the end of the program and is sent once, in order', async () => {
  const storage = memoryStorage();
  const [ana, bea] = [await join('Ana', storage), await join('Bea')];
  const { id } = await ana.client.startDirect(bea.id);
  await ana.client.send(id, 'antes');
  await settled([ana]);
  await server.kill();
  for (const body of ['uno', 'dos', 'tres']) await ana.client.send(id, body);
  expect(await ana.client.pendingCount()).toBe(3);
  await ana.client.close();
  server = await start();
  const again = createClient({ baseUrl: server.url, storage });
  await again.login({ email: ana.email, password: PASSWORD });
  await vi.waitFor(async () => expect(await again.pendingCount()).toBe(0), 20_000);
  await bea.client.openConversation(id);
  await vi.waitFor(() => expect(bea.messages.map(({ body }) => body)).toEqual(['antes', 'uno', 'dos', 'tres']), 20_000);
  await Promise.all([again.close(), bea.client.close()]);
});

it('two devices of one person agree on what is unread, whichever reads', async () => {
  const [ana, bea] = [await join('Ana'), await join('Bea')];
  const phone = createClient({ baseUrl: server.url, storage: memoryStorage() });
  await phone.login({ email: bea.email, password: PASSWORD });
  const second = new Screen(phone, bea.id, bea.email);
  const { id } = await ana.client.startDirect(bea.id);
  for (const body of ['uno', 'dos', 'tres']) await ana.client.send(id, body);
  const unreadOf = (screen: Screen): number | undefined => screen.rows.find((row) => row.id === id)?.unread;
  for (const screen of [bea, second]) await vi.waitFor(() => expect(unreadOf(screen)).toBe(3), 10_000);
  second.client.markRead(id, 2);
  for (const screen of [bea, second]) await vi.waitFor(() => expect(unreadOf(screen)).toBe(1), 10_000);
  await bea.client.send(id, 'ya');
  for (const screen of [bea, second]) await vi.waitFor(() => expect(unreadOf(screen)).toBe(0), 10_000);
  await Promise.all([ana, bea, second].map(({ client }) => client.close()));
});
