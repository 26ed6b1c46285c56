import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { root } from './paths.mjs';

const START_MS = 60_000;
const READY = /is ready: (http:\/\/\S+)/;
const live = new Set();
const folders = new Set();

process.once('exit', () => {
  for (const child of live) child.kill('SIGKILL');
  for (const folder of folders) {
    endPostgresOf(folder);
    rmSync(folder, { recursive: true, force: true });
  }
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

export function temporaryFolder() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tertulia-bench-'));
  folders.add(folder);
  return folder;
}

/** Answers when the program has said "… is ready: URL". */
export async function startProgram(command, args, env = {}) {
  const since = performance.now();
  const child = spawn(command, args, {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  live.add(child);
  const gone = once(child, 'close').finally(() => live.delete(child));
  const url = await readyUrl(child, gone);
  return { url, pid: child.pid, since, stop: () => stop(child, gone) };
}

async function readyUrl(child, gone) {
  let output = '';
  const deadline = setTimeout(() => child.kill('SIGKILL'), START_MS);
  try {
    return await new Promise((resolve, reject) => {
      const look = (chunk) => {
        output += chunk;
        const found = READY.exec(output);
        if (found) resolve(found[1].replace('localhost', '127.0.0.1'));
      };
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      gone.then(() => reject(new Error(`it ended before it was ready:\n${output}`)), reject);
    });
  } finally {
    clearTimeout(deadline);
  }
}

async function stop(child, gone) {
  child.kill('SIGTERM');
  await gone;
}

export function postgresPidOf(dataDir) {
  const pointer = path.join(dataDir, 'postgres-is-elsewhere');
  const home = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : dataDir;
  return Number(readFileSync(path.join(home, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
}

/** A killed server leaves its PostgreSQL running on purpose; the end of a bench must not. */
function endPostgresOf(folder) {
  try {
    process.kill(postgresPidOf(folder), 'SIGQUIT');
  } catch {
    // It had none, or it is gone.
  }
}
