import type { createGroup, Output } from '@tertulia/contract';
import { check, printReport, Recorder } from '@tertulia/history-checker';
import os from 'node:os';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { embeddedUrl, recordDatabase } from './support/record-database.js';
import { RecordedMini } from './support/recorded-mini.js';
import { startServer, temporaryFolder, type Server } from './support/server.js';

const PEOPLE = 6;
const KILLS = 3;
const BETWEEN_KILLS_MS = 2_000;
const CONVERGED_MS = 40_000;

const dataDir = temporaryFolder();
const recorder = new Recorder();
let server: Server;

beforeAll(async () => {
  server = await startServer({ dataDir, databaseUrl: 'embedded' });
});

afterAll(async () => {
  await server.stop();
});

/** At the same address, as after a crash. */
async function killAndStart(): Promise<void> {
  const { port } = new URL(server.url);
  recorder.add({ type: 'fault', what: 'kill -9 of the server' });
  await server.kill();
  server = await startServer({ dataDir, databaseUrl: 'embedded', env: { PORT: port } });
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

it('clients written from the protocol alone talk through kill -9 and a removal: nothing lost, doubled, out of order', async () => {
  const everybody: RecordedMini[] = [];
  for (let index = 0; index < PEOPLE; index += 1)
    everybody.push(await RecordedMini.join(server.url, `Mini${index}`, recorder));
  const [owner, removed] = everybody as [RecordedMini, RecordedMini];
  const group = { op: uuidv7(), name: 'Desde el papel', users: everybody.slice(1).map(({ user }) => user) };
  const { row } = await owner.client.ask<Output<typeof createGroup>>('/api/conversations/groups', group);

  let isRunning = true;
  const writers = everybody.map(async (mini, index) => {
    for (let sent = 0; isRunning; sent += 1) {
      await mini.send(row.id, `${index}:${sent}`);
      await pause(Math.random() * 60);
    }
  });
  for (let kill = 0; kill < KILLS; kill += 1) {
    await owner.removeMember(row.id, removed);
    await pause(BETWEEN_KILLS_MS);
    const killed = killAndStart();
    await owner.addMember(row.id, removed);
    await killed;
    await pause(BETWEEN_KILLS_MS);
  }
  isRunning = false;
  await Promise.all(writers);

  const last = await owner.client.ask<{ row: { ver: number } }>(`/api/conversations/${row.id}`);
  await vi.waitFor(
    () => {
      const held = everybody.map(({ client }) => client.held.get(row.id)?.ver);
      expect(held).toEqual(everybody.map(() => last.row.ver));
    },
    { timeout: CONVERGED_MS, interval: 100 },
  );
  for (const mini of everybody) await mini.recordState(row.id);
  for (const { client } of everybody) client.close();

  await recordDatabase(embeddedUrl(dataDir), recorder);
  recorder.save(path.join(os.tmpdir(), 'tertulia-histories', `mini-client-${process.pid}.jsonl`));
  const report = check(recorder.entries);
  expect(report.violations, printReport(report)).toEqual([]);
  // Ended sessions and presence are of other tests.
  expect(report.notApplicable).toEqual([10, 15]);
  expect(report.counts.acknowledged).toBeGreaterThan(100);
  process.stdout.write(`mini-clients, kill -9 x ${KILLS}: ${printReport(report).split('\n').at(-1)}\n`);
}, 180_000);
