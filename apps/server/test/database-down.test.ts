import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it, vi } from 'vitest';
import type { Ack, Output, sendMessage } from '@tertulia/contract';
import { Participant, request } from './support/participant.js';
import { startServer, temporaryFolder, type Server } from './support/server.js';

type Sent = Output<typeof sendMessage>;

const postmaster = (dataDir: string): number =>
  Number(readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
const RETRYABLE = ['unavailable', 'outcome_unknown', 'busy', 'storage_full'];

/** Tries one message until it is stored; gives the named errors met on the way. */
async function sendForGood(
  sender: Participant,
  conversation: string,
  body: string,
): Promise<{ seq: number; met: string[] }> {
  const id = uuidv7();
  const met: string[] = [];
  return vi.waitFor(
    async () => {
      const ack: Ack<Sent> = await sender.emit<Sent>('message:send', { conversation, id, body });
      if (!ack.ok) met.push(ack.error.code);
      expect(ack.ok).toBe(true);
      return { seq: (ack as { data: Sent }).data.seq, met };
    },
    { timeout: 30_000, interval: 250 },
  );
}

async function settle(server: Server): Promise<void> {
  await vi.waitFor(async () => expect((await request(server.url, 'GET', '/api/server')).status).toBe(200), {
    timeout: 30_000,
    interval: 200,
  });
}

describe('PostgreSQL down during work', () => {
  it('killed: the server stays, refuses by name, brings it back, and every acknowledged message is there once', async () => {
    const dataDir = temporaryFolder();
    const server = await startServer({ dataDir, databaseUrl: 'embedded' });
    const [ana, bea] = [await Participant.join(server.url, 'Ana'), await Participant.join(server.url, 'Bea')];
    const { id } = await ana.direct(bea);
    const seqs: number[] = [];
    const met: string[] = [];
    for (let index = 0; index < 20; index += 1) {
      if (index % 10 === 5) process.kill(postmaster(dataDir), 'SIGKILL');
      const sent = await sendForGood(ana, id, `m${index}`);
      seqs.push(sent.seq);
      met.push(...sent.met);
    }
    expect(met.length).toBeGreaterThan(0);
    for (const code of met) expect(RETRYABLE).toContain(code);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    const page = await bea.history(id, '?limit=100');
    expect(page.messages.map(({ body }) => body)).toEqual(Array.from({ length: 20 }, (_, index) => `m${index}`));
    await bea.heard(id, 20);
    expect(server.process.exitCode).toBeNull();
    expect(await server.stop()).toBe(0);
  });

  it('gone for a while: HTTP says so by name instead of hanging, and recovers', async () => {
    const dataDir = temporaryFolder();
    const server = await startServer({ dataDir, databaseUrl: 'embedded' });
    const ana = await Participant.register(server.url, 'Ana');
    process.kill(postmaster(dataDir), 'SIGKILL');
    const answer = await ana.call('GET', '/api/conversations');
    if (answer.status !== 200) expect(RETRYABLE).toContain(answer.body.error?.code);
    await settle(server);
    await ana.ok('GET', '/api/conversations');
    await server.stop();
  });
});

describe('a full disk', () => {
  it.runIf(process.getuid?.() === 0)(
    'refuses by name, loses nothing acknowledged, and goes on when there is space again',
    async () => {
      const disk = temporaryFolder();
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=120m', 'tmpfs', disk]);
      try {
        await fillAndFree(disk);
      } finally {
        execFileSync('umount', ['-l', disk]);
      }
    },
  );
});

async function fillAndFree(disk: string): Promise<void> {
  const server = await startServer({ dataDir: path.join(disk, 'data'), databaseUrl: 'embedded' });
  const [ana, bea] = [await Participant.join(server.url, 'Ana'), await Participant.join(server.url, 'Bea')];
  const { id } = await ana.direct(bea);
  const filler = path.join(disk, 'filler');
  execFileSync('sh', ['-c', `dd if=/dev/zero of='${filler}' bs=64k 2>/dev/null || true`]);
  const acknowledged: number[] = [];
  const met: string[] = [];
  for (let index = 0; index < 1_500 && met.length === 0; index += 1) {
    const ack = await ana.call<Sent>('POST', '/api/messages', {
      conversation: id,
      id: uuidv7(),
      body: 'x'.repeat(16_000),
    });
    if (ack.status === 200) acknowledged.push(ack.body.seq);
    else met.push(ack.body.error?.code ?? '');
  }
  expect(RETRYABLE).toContain(met[0]);
  rmSync(filler);
  await settle(server);
  const { seq } = await vi.waitFor(
    () => ana.ok<Sent>('POST', '/api/messages', { conversation: id, id: uuidv7(), body: 'otra vez' }),
    { timeout: 30_000, interval: 250 },
  );
  const last = await bea.history(id, `?around=${seq}&limit=100`);
  expect(last.messages.at(-1)?.body).toBe('otra vez');
  for (const known of acknowledged.slice(-40))
    expect(last.messages.some((message) => message.seq === known)).toBe(true);
  await server.stop();
}
