import {
  createClient,
  memoryStorage,
  type ClientStorage,
  type ConversationView,
  type TertuliaClient,
  type Timeline,
} from '@tertulia/client';
import type { Message } from '@tertulia/contract';
import { once } from 'node:events';
import net from 'node:net';
import { Client } from 'pg';
import { expect, inject, it, vi } from 'vitest';
import { createDatabase } from './support/database.js';
import { PASSWORD } from './support/participant.js';
import { startServer, temporaryFolder, type Server } from './support/server.js';

/** What a person sees: the last state the client told. */
class Screen {
  timeline: Timeline | null = null;
  rows: readonly ConversationView[] = [];

  private constructor(
    readonly client: TertuliaClient,
    readonly id: string,
    readonly email: string,
  ) {
    client.subscribe((event) => {
      if (event.type === 'timeline') this.timeline = event.timeline;
      if (event.type === 'conversations') this.rows = event.rows;
    });
  }

  static async join(baseUrl: string, name: string, storage: ClientStorage = memoryStorage()): Promise<Screen> {
    const client = createClient({ baseUrl, storage });
    const email = `${name}.${Date.now()}.${Math.random()}@example.org`;
    const { id } = await client.register({ email, name, password: PASSWORD });
    return new Screen(client, id, email);
  }

  get messages(): readonly Message[] {
    return this.timeline?.messages ?? [];
  }

  get bodies(): string[] {
    return this.messages.map(({ body }) => body);
  }
}

async function freePort(): Promise<string> {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as net.AddressInfo;
  probe.close();
  return String(port);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function settled(screens: readonly Screen[]): Promise<void> {
  for (const { client } of screens)
    await vi.waitFor(async () => expect(await client.pendingCount()).toBe(0), { timeout: 60_000, interval: 100 });
}

async function asAdministrator<T extends object>(query: string, url: string = inject('postgres')): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<T>(query);
  await client.end();
  return rows;
}

it(
  'edits, deletions and messages taken back through kill -9 of the server: everybody ends up with what their authors last wanted',
  { timeout: 240_000 },
  async () => {
    const { url } = await createDatabase();
    const env = { PORT: await freePort(), EVENTS_PER_SECOND: '500' };
    const dataDir = temporaryFolder();
    const start = () => startServer({ databaseUrl: url, dataDir, env });
    let server: Server = await start();
    const screens = await Promise.all(['Ana', 'Bea', 'Carla'].map((name) => Screen.join(server.url, name)));
    const [ana, ...others] = screens;
    const { id } = await ana!.client.createGroup(
      'Enmiendas',
      others.map((other) => other.id),
    );
    for (const { client } of screens) await client.openConversation(id);
    /** What each author wants in the end, by message id; null: not there. */
    const wanted = new Map<string, string | null>();
    const write = async ({ client }: Screen, writer: number) => {
      for (let index = 0; index < 24; index += 1) {
        const text = `${writer}:${index}`;
        const op = await client.send(id, text);
        wanted.set(op, text);
        // Sometimes at once, sometimes when it has its place: both ways must end the same.
        await pause(Math.random() * 120);
        const place = screens[writer]!.messages.find((message) => message.id === op) ?? op;
        const isPending = screens[writer]!.timeline?.pending.some((pending) => pending.id === op) === true;
        if (typeof place === 'string' && !isPending) continue;
        if (index % 3 === 1) {
          await client.edit(id, place, `${text} bis`);
          wanted.set(op, `${text} bis`);
        } else if (index % 3 === 2) {
          await client.remove(id, place);
          wanted.set(op, null);
        }
      }
    };
    const writing = screens.map(write);
    for (let kill = 0; kill < 2; kill += 1) {
      await pause(900);
      await server.kill();
      await pause(300);
      server = await start();
    }
    await Promise.all(writing);
    await settled(screens);
    const rows = await asAdministrator<{ seq: number; id: string; body: string | null; sender: string | null }>(
      `select seq, client_id as id, body, sender_id as sender from messages order by seq`,
      url,
    );
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
    const stored = new Map(rows.filter(({ sender }) => sender !== null).map((row) => [row.id, row.body]));
    // A message that was taken back before anybody heard of it is nowhere.
    for (const [op, body] of wanted) expect(stored.get(op) ?? null, op).toBe(body);
    for (const op of stored.keys()) expect(wanted.has(op)).toBe(true);
    for (const screen of screens) {
      await vi.waitFor(() => expect(screen.messages.at(-1)?.seq).toBe(rows.length), 30_000);
      await vi.waitFor(() => expect(screen.timeline).toMatchObject({ pending: [], changing: [] }), 10_000);
      const tail = rows.slice(-screen.messages.length);
      await vi.waitFor(() => expect(screen.bodies).toEqual(tail.map(({ body }) => body ?? '')), 10_000);
      const last = tail.findLast(({ body }) => body !== null)!;
      await vi.waitFor(() => expect(screen.rows[0]?.preview).toMatchObject({ seq: last.seq, text: last.body }), 10_000);
    }
    expect(rows.some(({ body }) => body?.endsWith('bis'))).toBe(true);
    expect(rows.some(({ body, sender }) => body === null && sender !== null)).toBe(true);
    await Promise.all(screens.map(({ client }) => client.close()));
    await server.stop();
  },
);

it(
  'an older copy of the database gets back what its clients still have: once, in order, for everybody',
  { timeout: 180_000 },
  async () => {
    const now = await createDatabase();
    const env = { PORT: await freePort() };
    const dataDir = temporaryFolder();
    let server = await startServer({ databaseUrl: now.url, dataDir, env });
    const [ana, bea] = [await Screen.join(server.url, 'Ana'), await Screen.join(server.url, 'Bea')];
    const { id } = await ana.client.startDirect(bea.id);
    for (const { client } of [ana, bea]) await client.openConversation(id);
    await ana.client.send(id, 'antes');
    await settled([ana]);
    await vi.waitFor(() => expect(bea.bodies).toEqual(['antes']), 20_000);
    await server.stop();
    const older = new URL(now.url);
    older.pathname = `${older.pathname}_older`;
    await asAdministrator(`create database ${older.pathname.slice(1)} template ${new URL(now.url).pathname.slice(1)}`);
    server = await startServer({ databaseUrl: now.url, dataDir, env });
    for (const body of ['uno', 'dos', 'borrada', 'tres']) await ana.client.send(id, body);
    await settled([ana]);
    await vi.waitFor(() => expect(ana.bodies).toHaveLength(5), 20_000);
    await ana.client.edit(
      id,
      ana.messages.find(({ body }) => body === 'dos')!,
      'dos y medio',
    );
    await ana.client.remove(
      id,
      ana.messages.find(({ body }) => body === 'borrada')!,
    );
    await settled([ana]);
    await vi.waitFor(() => expect(bea.bodies).toEqual(['antes', 'uno', 'dos y medio', '', 'tres']), 20_000);
    await server.stop();
    server = await startServer({ databaseUrl: older.href, dataDir, env });
    const restored = ['antes', 'uno', 'dos y medio', 'tres'];
    for (const screen of [ana, bea]) await vi.waitFor(() => expect(screen.bodies).toEqual(restored), 60_000);
    await settled([ana, bea]);
    const rows = await asAdministrator<{ seq: number; body: string }>(
      'select seq, body from messages order by seq',
      older.href,
    );
    expect(rows).toEqual(restored.map((body, index) => ({ seq: index + 1, body })));
    await Promise.all([ana, bea].map(({ client }) => client.close()));
    await server.stop();
    await asAdministrator(`drop database ${older.pathname.slice(1)} with (force)`);
  },
);
