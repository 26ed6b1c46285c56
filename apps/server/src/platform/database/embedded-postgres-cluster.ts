import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { BootError, errorCode } from '../boot-error.js';
import { requireOwnership, writeFileAtomically } from '../data-dir.js';
import type { Binaries } from './embedded-postgres-binaries.js';
import type { Home } from './embedded-postgres-home.js';

export const USER = 'tertulia';

/** Kept in the data folder, mode 0600. The port is the one of the last start; 0 before the first. */
export interface Settings {
  password: string;
  port: number;
}

/** Where the port and the password are. */
export const settingsFile = (dataDir: string): string => path.join(dataDir, 'postgres.json');

export async function readSettings(dataDir: string, home: Home): Promise<Settings> {
  try {
    return JSON.parse(await readFile(settingsFile(dataDir), 'utf8')) as Settings;
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw unreadable(dataDir, error);
    if (existsSync(home.cluster)) throw unreadable(dataDir, error);
  }
  const settings = { password: randomBytes(24).toString('hex'), port: 0 };
  await writeSettings(dataDir, settings);
  return settings;
}

export function writeSettings(dataDir: string, settings: Settings): Promise<void> {
  return writeFileAtomically(settingsFile(dataDir), `${JSON.stringify(settings)}\n`);
}

function unreadable(dataDir: string, cause: unknown): BootError {
  return new BootError(
    `${settingsFile(dataDir)}, which holds the password of the embedded PostgreSQL, is missing or damaged: bring it back from a backup of the data folder.`,
    { cause },
  );
}

/** Makes the cluster at the first start; refuses one that these programs cannot read. */
export async function requireCluster(home: Home, binaries: Binaries, password: string, fsync: boolean): Promise<void> {
  if (!existsSync(home.cluster)) {
    await createCluster(home, password, fsync);
    return;
  }
  if (home.owner === undefined) await requireOwnership(home.cluster);
  const version = (await readFile(path.join(home.cluster, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (version === binaries.major) return;
  if (version === '')
    throw new BootError(`${home.cluster} is not a PostgreSQL database: move it away, or set another DATA_DIR.`);
  throw new BootError(
    `${home.cluster} was made by PostgreSQL ${version}, and this version of Tertulia brings PostgreSQL ${binaries.major}, which cannot read it. Nothing was changed. Start the version of Tertulia that made it, dump its database, move the folder away, start this one and restore the dump.`,
  );
}

/** Made beside its place and renamed, so that a start that was cut short leaves nothing half made. */
async function createCluster(home: Home, password: string, fsync: boolean): Promise<void> {
  const draft = `${home.cluster}.new`;
  const passwordFile = `${home.cluster}.password`;
  await rm(draft, { recursive: true, force: true });
  await writeFileAtomically(passwordFile, password);
  if (home.owner !== undefined) await chown(passwordFile, home.owner.uid, home.owner.gid);
  try {
    const args = ['-D', draft, '-U', USER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
    const durability = fsync ? [] : ['--no-sync'];
    const { code, output } = await home.run('initdb', [
      ...args,
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--no-instructions',
      ...durability,
    ]);
    if (code !== 0) throw startError(home, output);
    await rename(draft, home.cluster);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
}

/** What PostgreSQL's programs said, as a sentence. */
export function startError(home: Home, output: string): BootError {
  const cause = new Error(output);
  if (/No space left on device|Disk quota exceeded/.test(output)) {
    return new BootError(
      `The disk that holds ${home.cluster} is full: make room and start again. Nothing stored is lost.`,
      { cause },
    );
  }
  const lines = output.split('\n').filter((line) => /FATAL|PANIC|error|could not/i.test(line));
  const reason = (lines.at(-1) ?? output.trim().split('\n').at(-1) ?? '').replace(/^.*(FATAL|PANIC|error):\s*/, '');
  return new BootError(
    `The embedded PostgreSQL did not start: ${reason || 'it gave no reason'}. Its log is ${home.logFile}.`,
    { cause },
  );
}
