import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBinaries } from '../src/platform/database/embedded-postgres-binaries.js';
import { homeElsewhere } from '../src/platform/database/embedded-postgres-home.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../src/platform/database/embedded-postgres.js';

const isRoot = process.getuid?.() === 0;
const built = fileURLToPath(new URL('../dist/platform/database/embedded-postgres.js', import.meta.url));
let dataDir: string;
let said: string[];
let running: EmbeddedPostgres[];

beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'tertulia-embedded-'));
  said = [];
  running = [];
});

afterEach(async () => {
  await Promise.all(running.map((postgres) => postgres.stop()));
  rmSync(dataDir, { recursive: true, force: true });
});

const start = async (dir = dataDir): Promise<EmbeddedPostgres> => {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const postgres = await startEmbeddedPostgres({ dataDir: dir, log: (line) => said.push(line), fsync: false });
  running.push(postgres);
  return postgres;
};

const query = async <T>(url: string, statement: string): Promise<T[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows as T[];
  } finally {
    await client.end();
  }
};

const postmasterPid = (): number =>
  Number(readFileSync(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);

/** A program that starts the database and then does nothing until it is killed. */
const script = `
  const { startEmbeddedPostgres } = await import(${JSON.stringify(built)});
  const postgres = await startEmbeddedPostgres({ dataDir: process.argv[1], log: () => {}, fsync: false });
  console.log(postgres.url);
  process.on('SIGTERM', () => postgres.stop().then(() => process.exit(0)));
  setInterval(() => {}, 1000);
`;

const urlOf = async (child: ReturnType<typeof spawn>): Promise<string> => {
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  while (!output.includes('\n')) {
    if (child.exitCode !== null) throw new Error(errors);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return output.trim();
};

describe('the embedded PostgreSQL', () => {
  it('starts in UTF-8 and UTC, on this machine alone, behind a password', async () => {
    const { url } = await start();
    const [row] = await query<Record<string, string>>(
      url,
      `select current_setting('server_encoding') as encoding, current_setting('timezone') as zone, lower('ÁÑÇ') as lower,
              current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets,
              datcollate as collation from pg_database where datname = current_database()`,
    );
    expect(row).toEqual({
      encoding: 'UTF8',
      zone: 'UTC',
      lower: 'áñç',
      addresses: '127.0.0.1',
      sockets: '',
      collation: 'C.UTF-8',
    });
    const stranger = new URL(url);
    stranger.password = 'guess';
    await expect(query(stranger.href, 'select 1')).rejects.toThrow(/password authentication failed/);
    expect(statSync(path.join(dataDir, 'postgres.json')).mode & 0o777).toBe(0o600);
  });

  it('keeps rows and its port over a restart', async () => {
    const first = await start();
    await query(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    expect(existsSync(path.join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('stops while clients are connected', async () => {
    const { url, stop } = await start();
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    const ended = new Promise((resolve) => client.once('end', resolve));
    await stop();
    await ended;
    expect(existsSync(path.join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
  });

  it('takes up again the one that a killed server left behind', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, dataDir], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const url = await urlOf(child);
    await query(url, 'create table kept as select 42 as answer');
    const pid = postmasterPid();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const again = await start();
    expect(again.url).toBe(url);
    expect(postmasterPid()).toBe(pid);
    expect(said.join()).toContain('still running');
    expect(await query(again.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('is not reached by Ctrl-C in the terminal of the server', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, dataDir], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const url = await urlOf(child);
    process.kill(-(child.pid ?? 0), 'SIGINT');
    await once(child, 'exit');
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await start();
  });

  it('recovers when both were killed', async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, dataDir], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const url = await urlOf(child);
    await query(url, 'create table kept as select 42 as answer');
    const pid = postmasterPid();
    child.kill('SIGKILL');
    await once(child, 'exit');
    process.kill(pid, 'SIGKILL');
    const again = await start();
    expect(await query(again.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('is not stopped by an old pid file whose number another program has', async () => {
    const first = await start();
    const pidFile = path.join(dataDir, 'postgres/postmaster.pid');
    const old = readFileSync(pidFile, 'utf8');
    await first.stop();
    writeFileSync(pidFile, old.replace(/^\d+/, String(process.ppid)), { mode: 0o600 });
    const again = await start();
    expect(await query(again.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('takes another port when its own is taken', async () => {
    const first = await start();
    const port = Number(new URL(first.url).port);
    await first.stop();
    const squatter = net.createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    const again = await start();
    expect(Number(new URL(again.url).port)).not.toBe(port);
    squatter.close();
  });

  it('works on a path with a space, a quote and an accent', async () => {
    const { url } = await start(path.join(dataDir, "the café's data"));
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('refuses the database of another major in a sentence and leaves it as it is', async () => {
    const first = await start();
    await first.stop();
    writeFileSync(path.join(dataDir, 'postgres/PG_VERSION'), '15\n');
    await expect(start()).rejects.toThrow(/was made by PostgreSQL 15, .* brings PostgreSQL 18/);
    writeFileSync(path.join(dataDir, 'postgres/PG_VERSION'), '18\n');
    await start();
  });

  it('says so when its password is lost or its folder is no database', async () => {
    const first = await start();
    await first.stop();
    cpSync(path.join(dataDir, 'postgres.json'), path.join(dataDir, 'kept.json'));
    rmSync(path.join(dataDir, 'postgres.json'));
    await expect(start()).rejects.toThrow(/postgres\.json, which holds the password .* is missing or damaged/);
    cpSync(path.join(dataDir, 'kept.json'), path.join(dataDir, 'postgres.json'));
    rmSync(path.join(dataDir, 'postgres'), { recursive: true });
    mkdirSync(path.join(dataDir, 'postgres'));
    await expect(start()).rejects.toThrow(/is not a PostgreSQL database/);
  });

  it('begins anew after a first start that was cut short', async () => {
    mkdirSync(path.join(dataDir, 'postgres.new/base'), { recursive: true });
    const { url } = await start();
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(existsSync(path.join(dataDir, 'postgres.new'))).toBe(false);
  });
});

describe.runIf(isRoot && process.platform === 'linux')('the embedded PostgreSQL of root', () => {
  it('works in a folder that nobody else can enter, and leaves the files to root', async () => {
    const home = mkdtempSync('/root/tertulia-');
    chmodSync(home, 0o700);
    try {
      const { url, stop } = await start(path.join(home, 'data'));
      expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
      expect(statSync(path.join(home, 'data/postgres/PG_VERSION')).uid).toBe(0);
      await stop();
      running = [];
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });

  it('moves to where an ordinary user can work when user namespaces are barred, and says so', async () => {
    const wasUsed = existsSync('/var/lib/tertulia');
    const pointer = path.join(dataDir, 'postgres-is-elsewhere');
    const home = await homeElsewhere(dataDir, pointer, await findBinaries(), (line) => said.push(line));
    try {
      const first = await start();
      expect(said[0]).toMatch(/does not run as root.* the database is in \/var\/lib\/tertulia/);
      await query(first.url, 'create table kept as select 42 as answer');
      await first.stop();
      const again = await start();
      expect(await query(again.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
      expect(statSync(home.cluster).uid).toBe(home.owner?.uid);
      await again.stop();
      running = [];
    } finally {
      rmSync(wasUsed ? path.dirname(home.cluster) : '/var/lib/tertulia', { recursive: true, force: true });
    }
  });

  it('says so when the disk is full', async () => {
    const disk = path.join(dataDir, 'disk');
    mkdirSync(disk);
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=20m,mode=0700', 'tmpfs', disk]).status).toBe(0);
    try {
      await expect(start(disk)).rejects.toThrow(/disk that holds .* is full/);
    } finally {
      spawnSync('umount', [disk]);
    }
  });

  it('runs the same for an ordinary user', async () => {
    const user = `tertulia-test-${process.pid}`;
    expect(spawnSync('useradd', ['--no-create-home', '--shell', '/bin/sh', user]).status).toBe(0);
    try {
      spawnSync('chown', [user, dataDir]);
      const child = spawn(
        'setpriv',
        [
          `--reuid=${user}`,
          `--regid=${user}`,
          '--clear-groups',
          process.execPath,
          '--input-type=module',
          '-e',
          script,
          dataDir,
        ],
        {
          stdio: ['ignore', 'pipe', 'pipe'],
          cwd: '/',
        },
      );
      const url = await urlOf(child);
      expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
      await expect(start()).rejects.toThrow(/belongs to user \d+, and this was started by user 0/);
      child.kill('SIGTERM');
      await once(child, 'exit');
      expect(existsSync(path.join(dataDir, 'postgres/postmaster.pid'))).toBe(false);
    } finally {
      spawnSync('userdel', [user]);
    }
  });
});
