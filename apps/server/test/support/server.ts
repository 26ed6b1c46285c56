import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDatabase } from './database.js';
import { freePort } from './free-port.js';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const READY = /Tertulia is ready: (https?:\/\/\S+)/;
const START_MS = 60_000;
const STOP_MS = 30_000;

export interface Server {
  url: string;
  process: ChildProcess;
  /** All that it wrote so far, standard output and error together. */
  logs(): string;
  /** SIGTERM; answers the exit code when it is gone. */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

export interface ServerOptions {
  /** `'embedded'`: the PostgreSQL of its own data folder. Unset: a new database on the one of the test run. */
  databaseUrl?: string;
  dataDir?: string;
  env?: Record<string, string>;
  args?: string[];
}

export interface Spawned {
  process: ChildProcess;
  logs(): string;
  /** The exit code and signal. */
  gone: Promise<[number | null, NodeJS.Signals | null]>;
}

const live = new Set<ChildProcess>();
const folders = new Set<string>();

process.once('exit', () => {
  for (const child of live) child.kill('SIGKILL');
  for (const folder of folders) {
    endPostgresOf(folder);
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A killed server leaves its PostgreSQL running on purpose; the end of the tests must not. */
function endPostgresOf(folder: string): void {
  try {
    const pidFile = readFileSync(path.join(folder, 'postgres/postmaster.pid'), 'utf8');
    process.kill(Number(pidFile.split('\n')[0]), 'SIGQUIT');
  } catch {
    // It had none, or it is gone.
  }
}

/**
 * Starts the built server as an operator would, on a free port, and waits until it says that it is ready. What it says
 * then is PUBLIC_URL, if it has one: `url` is where it listens all the same, unless a PORT comes with it.
 */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const { PUBLIC_URL, PORT } = options.env ?? {};
  const port = PUBLIC_URL !== undefined && PORT === undefined ? await freePort() : null;
  const env = { ...options.env, ...(port !== null && { PORT: String(port) }) };
  const spawned = spawnServer({ ...options, env, databaseUrl: options.databaseUrl ?? (await createDatabase()).url });
  const said = await untilReady(spawned);
  return {
    url: port === null ? said : `http://localhost:${port}`,
    process: spawned.process,
    logs: spawned.logs,
    stop: () => end(spawned),
    kill: async () => {
      spawned.process.kill('SIGKILL');
      await spawned.gone;
    },
  };
}

/** The same without waiting: for starts that are to be refused. */
export function spawnServer({ databaseUrl, dataDir, env, args = [] }: ServerOptions): Spawned {
  const child = spawn(process.execPath, [main, ...args], {
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      DATA_DIR: dataDir ?? temporaryFolder(),
      ...(databaseUrl === undefined || databaseUrl === 'embedded' ? {} : { DATABASE_URL: databaseUrl }),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  live.add(child);
  let logs = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (logs += chunk.toString()));
  const gone = once(child, 'close').then(([code, signal]) => {
    live.delete(child);
    return [code, signal] as [number | null, NodeJS.Signals | null];
  });
  return { process: child, logs: () => logs, gone };
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tertulia-test-'));
  folders.add(folder);
  return folder;
}

async function untilReady({ process: child, logs, gone }: Spawned): Promise<string> {
  const deadline = setTimeout(() => child.kill('SIGKILL'), START_MS);
  try {
    return await new Promise((resolve, reject) => {
      const look = (): void => {
        const found = READY.exec(logs());
        if (found?.[1] !== undefined) resolve(found[1]);
      };
      child.stdout?.on('data', look);
      void gone.then(([code, signal]) => {
        reject(new Error(`The server did not become ready (exit ${code ?? signal}):\n${logs()}`));
      });
    });
  } finally {
    clearTimeout(deadline);
  }
}

async function end({ process: child, gone, logs }: Spawned): Promise<number | null> {
  const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  child.kill('SIGTERM');
  const [code, signal] = await gone;
  clearTimeout(deadline);
  if (signal === 'SIGKILL') throw new Error(`The server did not stop within ${STOP_MS / 1000} s:\n${logs()}`);
  return code;
}
