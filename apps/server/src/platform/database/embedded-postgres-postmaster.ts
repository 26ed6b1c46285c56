import { execFile } from 'node:child_process';
import { readFile, readlink, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { BootError } from '../boot-error.js';
import { isAlive } from '../data-dir-lock.js';

export interface Postmaster {
  pid: number;
  port: number;
}

const PATIENCE_MS = 60_000;
/** Above the highest number that a system gives. */
const NO_PROCESS = 2_147_483_646;

/**
 * The PostgreSQL that already runs on this cluster: the one that a killed server left behind. Waits for one that is on
 * its way up or down.
 */
export async function findRunning(cluster: string): Promise<Postmaster | null> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await readPidFile(cluster);
    if (found === null) return null;
    if (!(await isPostmasterOf(cluster, found.pid))) {
      await disownPid(cluster, found.pid);
      return null;
    }
    if (found.status === 'ready') return found;
    if (Date.now() > deadline) {
      throw new BootError(
        `PostgreSQL (process ${found.pid}) on ${cluster} is ${found.status || 'starting'} for more than a minute: look at its log, then start again.`,
      );
    }
    await sleep(100);
  }
}

const pidFile = (cluster: string): string => path.join(cluster, 'postmaster.pid');

/** Lines: pid, folder, start time, port, socket folder, address, shared memory key, status. */
async function readPidFile(cluster: string): Promise<(Postmaster & { status: string }) | null> {
  const text = await readFile(pidFile(cluster), 'utf8').catch(() => null);
  if (text === null) return null;
  const lines = text.split('\n').map((line) => line.trim());
  return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7] ?? '' };
}

async function isPostmasterOf(cluster: string, pid: number): Promise<boolean> {
  if (!(pid > 0) || !isAlive(pid)) return false;
  // The postmaster works inside its cluster, whatever path it was started with.
  if (process.platform === 'linux')
    return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === (await realpath(cluster));
  const listing = await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return listing.stdout.includes('postgres') && listing.stdout.includes(cluster);
}

/**
 * PostgreSQL refuses to start while any program has the number in its old pid file. The rest of the file stays: by it,
 * PostgreSQL finds out whether processes of the old one still hold its memory.
 */
async function disownPid(cluster: string, pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  const text = await readFile(pidFile(cluster), 'utf8');
  await writeFile(pidFile(cluster), text.replace(/^\d+/, String(NO_PROCESS)));
}
