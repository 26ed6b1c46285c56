import { execFile } from 'node:child_process';
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { BootError, errorCode } from './boot-error.js';

const FILE = 'tertulia.pid';

/** Refuses when another live process holds the folder. Answers the function that lets it go. */
export async function lockDataDir(dir: string): Promise<() => Promise<void>> {
  const file = path.join(dir, FILE);
  const mine = `${process.pid} ${await birthOf(process.pid)}\n`;
  const draft = path.join(dir, `${FILE}.${process.pid}`);
  await writeFile(draft, mine, { mode: 0o600 });
  try {
    await claim(file, draft, dir);
  } finally {
    await unlink(draft);
  }
  return async () => {
    if ((await contentOf(file)) === mine) await unlink(file);
  };
}

async function claim(file: string, draft: string, dir: string): Promise<void> {
  for (;;) {
    try {
      // link and not open: the file is never seen half written.
      await link(draft, file);
      return;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
    const held = await contentOf(file);
    if (held === null) continue;
    const holder = await liveHolder(held);
    if (holder !== null) {
      throw new BootError(
        `Tertulia is already running on ${dir} (process ${holder}): two starts at once would damage the data. Stop that one first, or give this one a DATA_DIR and a PORT of its own.`,
      );
    }
    await removeStale(file, draft, held);
  }
}

/** Two that find the same stale file must not remove each other's fresh one: what was moved away is looked at again. */
async function removeStale(file: string, draft: string, held: string): Promise<void> {
  const aside = `${draft}.stale`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  if ((await contentOf(aside)) === held) await unlink(aside);
  else await rename(aside, file);
}

async function liveHolder(held: string): Promise<number | null> {
  const [pid = '', ...birth] = held.trim().split(' ');
  if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return null;
  // A pid is used again, in a container even at each start: the moment of birth tells the two apart.
  return isAlive(Number(pid)) && (await birthOf(Number(pid))) === birth.join(' ') ? Number(pid) : null;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

async function birthOf(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const stat = (await contentOf(`/proc/${pid}/stat`)) ?? '';
    // Field 22; counted after the command's name, which may hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  }
  const listing = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return listing.stdout.trim();
}

async function contentOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ESRCH') return null;
    throw error;
  }
}
