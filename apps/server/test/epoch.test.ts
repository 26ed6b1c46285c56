import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createDatabase } from './support/database.js';
import { Participant } from './support/participant.js';
import { startServer, temporaryFolder, type Server } from './support/server.js';

it('an epoch goes on over a restart, and ends when an older copy of the database is put back: clients begin anew', async () => {
  const { url } = await createDatabase();
  const dataDir = temporaryFolder();
  const note = path.join(dataDir, 'epoch');
  let server: Server = await startServer({ databaseUrl: url, dataDir });
  const ana = await Participant.register(server.url, 'Ana');
  const again = async (noted?: string): Promise<string> => {
    await server.stop();
    if (noted !== undefined) writeFileSync(note, noted);
    server = await startServer({ databaseUrl: url, dataDir });
    Object.assign(ana, { server: server.url });
    return (await ana.list()).epoch;
  };

  const { epoch } = await ana.list();
  expect(readFileSync(note, 'utf8').split(' ')[0]).toBe(epoch);
  expect(await again()).toBe(epoch);

  // What was served here is unknown to the database: it is a copy from before.
  const next = await again('019ab000-0000-7000-8000-000000000000');
  expect(next).not.toBe(epoch);
  expect((await ana.sync([], 0, epoch)).reset).toBe(true);
  expect((await ana.sync([], 0, next)).reset).toBe(false);

  // It has not come as far as it once had: a copy from before, made within the same epoch.
  const last = await again(`${next} 999999999999`);
  expect(last).not.toBe(next);
  expect(await again()).toBe(last);

  // A node that was away while another began the epoch joins it.
  expect(await again(epoch)).toBe(last);
  await server.stop();
});
