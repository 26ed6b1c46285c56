import { readFile, stat } from 'node:fs/promises';
import net from 'node:net';
import { Client } from 'pg';
import { BootError } from '../boot-error.js';
import { asSentence } from '../data-dir.js';
import { findBinaries } from './embedded-postgres-binaries.js';
import { readSettings, requireCluster, startError, USER, writeSettings } from './embedded-postgres-cluster.js';
import { guard } from './embedded-postgres-guard.js';
import { chooseHome, type Home } from './embedded-postgres-home.js';
import { findRunning } from './embedded-postgres-postmaster.js';

export interface EmbeddedPostgres {
  url: string;
  /** Ends its connections and stops it; all that was committed is kept. */
  stop(): Promise<void>;
}

interface Options {
  /** Held by this process; see openDataDir. */
  dataDir: string;
  log: (sentence: string) => void;
  /** false only in tests: a crash of the machine may then lose the database. */
  fsync?: boolean;
}

const DATABASE = 'tertulia';
const START_SECONDS = 300;
const STOP_SECONDS = 60;
const PORTS_TO_TRY = 5;

/** Starts the PostgreSQL that comes with the packages, or takes up again the one that a killed server left running. */
export async function startEmbeddedPostgres({ dataDir, log, fsync = true }: Options): Promise<EmbeddedPostgres> {
  try {
    const binaries = await findBinaries();
    const home = await chooseHome(dataDir, binaries, log);
    const settings = await readSettings(dataDir, home);
    await requireCluster(home, binaries, settings.password, fsync);
    const port = (await portOfRunning(home, log)) ?? (await startOnFreePort(home, settings.port, fsync));
    if (port !== settings.port) await writeSettings(dataDir, { ...settings, port });
    const url = `postgres://${USER}:${settings.password}@127.0.0.1:${port}/`;
    await createDatabase(url, dataDir);
    const unguard = guard(
      { isRunning: async () => (await findRunning(home.cluster)) !== null, start: () => start(home, port, fsync) },
      log,
    );
    return { url: `${url}${DATABASE}`, stop: () => unguard().then(() => stop(home, log)) };
  } catch (error) {
    throw asSentence(dataDir, error);
  }
}

async function portOfRunning(home: Home, log: Options['log']): Promise<number | null> {
  const running = await findRunning(home.cluster);
  if (running === null) return null;
  log(`PostgreSQL was still running (process ${running.pid}); it is used again.`);
  return running.port;
}

async function startOnFreePort(home: Home, lastPort: number, fsync: boolean): Promise<number> {
  let port = (await isFree(lastPort)) ? lastPort : await freePort();
  for (let attempt = 1; ; attempt += 1) {
    const output = await start(home, port, fsync);
    if (output === null) return port;
    const isTaken = /could not bind|Address already in use/.test(output);
    if (!isTaken || attempt === PORTS_TO_TRY) throw startError(home, output);
    port = await freePort();
  }
}

/** null, or what was said by a PostgreSQL that did not start. */
async function start(home: Home, port: number, fsync: boolean): Promise<string | null> {
  const logged = await sizeOf(home.logFile);
  const args = ['-D', home.cluster, '-l', home.logFile, '-w', '-t', String(START_SECONDS), '-o', options(port, fsync)];
  const { code, output } = await home.run('pg_ctl', [...args, 'start']);
  return code === 0 ? null : `${output}\n${await textFrom(home.logFile, logged)}`;
}

/** Read by a shell. Errors are logged without their details, which hold what people wrote. */
function options(port: number, fsync: boolean): string {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: "''",
    max_connections: 60,
    shared_buffers: '64MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    ...(fsync ? {} : { fsync: 'off' }),
  };
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
}

async function createDatabase(server: string, dataDir: string): Promise<void> {
  const client = new Client({ connectionString: `${server}postgres` });
  try {
    await client.connect();
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } catch (error) {
    throw new BootError(`The embedded PostgreSQL of ${dataDir} runs but refuses its work: ${String(error)}`, {
      cause: error,
    });
  } finally {
    await client.end();
  }
}

async function stop(home: Home, log: Options['log']): Promise<void> {
  const common = ['-D', home.cluster, '-w', '-t', String(STOP_SECONDS)];
  const { code, output } = await home.run('pg_ctl', [...common, '-m', 'fast', 'stop']);
  if (code === 0 || (await findRunning(home.cluster)) === null) return;
  log(`PostgreSQL did not stop in ${STOP_SECONDS} s (${output.trim()}); it is ended. What was committed is kept.`);
  await home.run('pg_ctl', [...common, '-m', 'immediate', 'stop']);
}

function isFree(port: number): Promise<boolean> {
  if (port === 0) return Promise.resolve(false);
  return listen(port).then(
    () => true,
    () => false,
  );
}

const freePort = (): Promise<number> => listen(0);

/** Takes the port for a moment; answers its number. */
function listen(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  });
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0;
}

async function textFrom(file: string, offset: number): Promise<string> {
  const text = await readFile(file).catch(() => Buffer.alloc(0));
  return text.subarray(offset).toString();
}
