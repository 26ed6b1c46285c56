import type { Ack, Output, sendMessage } from '@tertulia/contract';
import { v7 as uuidv7 } from 'uuid';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Participant } from './support/participant.js';
import { Recorder } from './support/recorder.js';
import { startServer, temporaryFolder, type Server } from './support/server.js';

type Sent = Output<typeof sendMessage>;

const CLIENTS = 12;
const KILLS = 3;
const BETWEEN_KILLS_MS = 1_500;

/** Its own PostgreSQL, which syncs to disk: durability is what is claimed here. */
const dataDir = temporaryFolder();
const start = (): Promise<Server> => startServer({ dataDir, databaseUrl: 'embedded' });

let server: Server;

beforeAll(async () => {
  server = await start();
  expect(readFileSync(path.join(dataDir, 'postgres/postmaster.opts'), 'utf8')).not.toContain('fsync');
});

afterAll(async () => {
  await server.stop();
});

/** Sends one message until somebody answers for good: the outbox of a client, in its plainest form. */
async function sendForGood(sender: Participant, conversation: string, body: string, recorder: Recorder): Promise<void> {
  const op = uuidv7();
  recorder.add({
    type: 'invoke',
    op,
    client: sender.name,
    user: sender.id,
    conversation,
    command: 'message:send',
    body,
  });
  for (;;) {
    const ack = await sender
      .emit<Sent>('message:send', { conversation, id: op, body }, 2_000)
      .catch((): Ack<Sent> | null => null);
    if (ack?.ok) {
      recorder.add({
        type: 'complete',
        op,
        client: sender.name,
        outcome: 'stored',
        seq: ack.data.seq,
        ver: ack.data.ver,
      });
      return;
    }
    await reconnected(sender);
  }
}

async function reconnected(sender: Participant): Promise<void> {
  while (!sender.socket?.connected) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    (sender as { server: string }).server = server.url;
    await sender.connect().catch(() => sender.disconnect());
  }
}

it('kill -9 of the server under load: every acknowledged message is there exactly once, in the order it was acknowledged', async () => {
  const recorder = new Recorder();
  const everybody = await Promise.all(
    Array.from({ length: CLIENTS }, (_, index) => Participant.join(server.url, `P${index}`)),
  );
  const { id } = await everybody[0]!.group('Bajo carga', everybody.slice(1));
  let running = true;
  const writers = everybody.map(async (sender, writer) => {
    for (let index = 0; running; index += 1) {
      await sendForGood(sender, id, `${writer}:${index}`, recorder);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 40));
    }
  });
  for (let kill = 0; kill < KILLS; kill += 1) {
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_KILLS_MS));
    recorder.add({ type: 'fault', what: 'kill -9 of the server' });
    await server.kill();
    server = await start();
  }
  await new Promise((resolve) => setTimeout(resolve, BETWEEN_KILLS_MS));
  running = false;
  await Promise.all(writers);

  const rows = await readAll(everybody[0]!, id);
  for (const row of rows)
    recorder.add({ type: 'row', conversation: id, seq: row.seq, ver: row.ver, op: row.id, body: row.body, at: row.at });
  recordReceived(everybody, id, recorder);
  recorder.save(path.join(os.tmpdir(), 'tertulia-histories', `kill-${process.pid}.jsonl`));

  const acknowledged = recorder.entries.flatMap((entry) =>
    entry.type === 'complete' && entry.outcome === 'stored' ? [entry] : [],
  );
  expect(acknowledged.length).toBeGreaterThan(100);
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
  expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
  const bySeq = new Map(rows.map((row) => [row.seq, row]));
  for (const { op, seq } of acknowledged) expect(bySeq.get(seq)?.id).toBe(op);
  for (let writer = 0; writer < CLIENTS; writer += 1) {
    const own = rows.filter(({ body }) => body.startsWith(`${writer}:`)).map(({ body }) => Number(body.split(':')[1]));
    expect(own).toEqual(own.map((_, index) => index));
  }
  expectRealTimeOrder(recorder);
  expectLiveOrder(everybody, id);
  process.stdout.write(
    `kill -9 x ${KILLS}: ${rows.length} stored, ${acknowledged.length} acknowledged, 0 lost, 0 doubled, 0 disordered\n`,
  );
}, 120_000);

async function readAll(
  reader: Participant,
  conversation: string,
): Promise<{ seq: number; ver: number; id: string; body: string; at: number }[]> {
  const all = [];
  for (let after = 0; ;) {
    const page = await reader.history(conversation, `?after=${after}&limit=100`);
    all.push(...page.messages);
    after = page.messages.at(-1)?.seq ?? after;
    if (!page.hasNewer) return all;
  }
}

function recordReceived(everybody: readonly Participant[], conversation: string, recorder: Recorder): void {
  for (const listener of everybody) {
    for (const change of listener.changes.filter((heard) => heard.conversation === conversation)) {
      const message = change.kind === 'message:created' ? change.message : null;
      recorder.add({
        type: 'receive',
        client: listener.name,
        user: listener.id,
        conversation,
        ver: change.ver,
        seq: message?.seq ?? null,
        op: message?.id ?? null,
        via: 'live',
      });
    }
  }
}

/** If A was acknowledged before B was sent, A stands before B. */
function expectRealTimeOrder({ entries }: Recorder): void {
  const invoked = new Map(entries.flatMap((entry) => (entry.type === 'invoke' ? [[entry.op, entry.t] as const] : [])));
  const done = entries.flatMap((entry) =>
    entry.type === 'complete' && entry.outcome === 'stored'
      ? [{ seq: entry.seq, from: invoked.get(entry.op)!, to: entry.t }]
      : [],
  );
  done.sort((a, b) => a.seq - b.seq);
  let latestStart = -Infinity;
  for (const { from, to } of done) {
    expect(to).toBeGreaterThanOrEqual(latestStart);
    latestStart = Math.max(latestStart, from);
  }
}

/** Between two of its connects, each client hears every change once and in order. */
function expectLiveOrder(everybody: readonly Participant[], conversation: string): void {
  for (const listener of everybody) {
    const vers = listener.changes.filter((heard) => heard.conversation === conversation).map(({ ver }) => ver);
    expect(vers).toEqual([...new Set(vers)].sort((a, b) => a - b));
  }
}
