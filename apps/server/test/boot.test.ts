import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDatabase } from './support/database.js';
import { spawnServer, startServer, temporaryFolder } from './support/server.js';

const postmasterPid = (dataDir: string): string => path.join(dataDir, 'postgres/postmaster.pid');

const freePort = async (): Promise<number> => {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as net.AddressInfo;
  probe.close();
  return port;
};

/** What a start that is refused says; it must be a sentence and no stack. */
const refusal = async (options: Parameters<typeof spawnServer>[0]): Promise<string> => {
  const { gone, logs } = spawnServer(options);
  const [code] = await gone;
  expect(code, logs()).toBe(1);
  expect(logs()).not.toMatch(/\n\s+at /);
  return logs();
};

describe('the boot', () => {
  it('needs nothing but a folder: PostgreSQL comes with it and stops last', async () => {
    const dataDir = temporaryFolder();
    const server = await startServer({ dataDir, databaseUrl: 'embedded' });
    expect((await fetch(`${server.url}/api/server`)).status).toBe(200);
    expect(statSync(path.join(dataDir, 'secret')).mode & 0o777).toBe(0o600);
    expect(await server.stop()).toBe(0);
    expect(existsSync(postmasterPid(dataDir))).toBe(false);
    expect(existsSync(path.join(dataDir, 'tertulia.pid'))).toBe(false);
  });

  it('takes up its PostgreSQL again after the server was killed', async () => {
    const dataDir = temporaryFolder();
    const first = await startServer({ dataDir, databaseUrl: 'embedded' });
    const left = readFileSync(postmasterPid(dataDir), 'utf8').split('\n')[0];
    await first.kill();
    const second = await startServer({ dataDir, databaseUrl: 'embedded' });
    expect(readFileSync(postmasterPid(dataDir), 'utf8').split('\n')[0]).toBe(left);
    expect(second.logs()).toContain('still running');
    expect(await second.stop()).toBe(0);
  });

  it('lets exactly one of two starts have the folder, also where a killed one left its note', async () => {
    const dataDir = temporaryFolder();
    const { url } = await createDatabase();
    writeFileSync(path.join(dataDir, 'tertulia.pid'), '2147483646 1\n');
    const starts = await Promise.allSettled([
      startServer({ dataDir, databaseUrl: url }),
      startServer({ dataDir, databaseUrl: url }),
    ]);
    const refused = starts.filter((start) => start.status === 'rejected').map(({ reason }) => String(reason));
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatch(/already running .* two starts at once/);
    for (const start of starts) if (start.status === 'fulfilled') expect(await start.value.stop()).toBe(0);
  });

  it('stops once for a Ctrl-C that arrives twice', async () => {
    const server = await startServer();
    server.process.kill('SIGINT');
    server.process.kill('SIGINT');
    const [code] = (await once(server.process, 'close')) as [number | null];
    expect(code).toBe(0);
  });

  it('names a variable with a wrong value', async () => {
    const said = await refusal({ env: { PORT: 'three thousand', TRUST_PROXY: 'perhaps' } });
    expect(said).toContain('PORT was "three thousand"; it must be a whole number from 0 to 65535.');
    expect(said).toContain('TRUST_PROXY was "perhaps"; it must be true or false.');
  });

  it('says that the port is taken, and stops its PostgreSQL', async () => {
    const squatter = net.createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as net.AddressInfo;
    const dataDir = temporaryFolder();
    const said = await refusal({ dataDir, databaseUrl: 'embedded', env: { PORT: String(port) } });
    expect(said).toContain(String(port));
    expect(said).toContain('PORT');
    expect(existsSync(postmasterPid(dataDir))).toBe(false);
    squatter.close();
  });

  it('says that the PostgreSQL of DATABASE_URL does not answer, without its password', async () => {
    const said = await refusal({ databaseUrl: `postgres://me:hunter2@127.0.0.1:${await freePort()}/chat` });
    expect(said).toContain('DATABASE_URL');
    expect(said).not.toContain('hunter2');
  });

  it('refuses a secret that others can read', async () => {
    const dataDir = temporaryFolder();
    const { url } = await createDatabase();
    writeFileSync(path.join(dataDir, 'secret'), 'a'.repeat(64));
    chmodSync(path.join(dataDir, 'secret'), 0o644);
    expect(await refusal({ dataDir, databaseUrl: url })).toContain('can be read by other users');
  });

  it.runIf(process.getuid?.() === 0)('says whose the data folder is', async () => {
    const dataDir = temporaryFolder();
    spawnSync('chown', ['65534', dataDir]);
    const { url } = await createDatabase();
    expect(await refusal({ dataDir, databaseUrl: url })).toContain('belongs to user 65534');
  });
});
