import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { BootError, errorCode } from './boot-error.js';
import { lockDataDir } from './data-dir-lock.js';

/** Injection token: the path of the data folder. */
export const DATA_FOLDER = Symbol('data folder');

/** The folder of all that must be kept, held by one process at a time. */
export interface DataDir {
  path: string;
  /** 32 bytes each, the same at every start; the first signs, the others are believed. */
  secrets(): Promise<Buffer[]>;
  close(): Promise<void>;
}

export async function openDataDir(dir: string): Promise<DataDir> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await requireOwnership(dir);
    const real = await realpath(dir);
    const close = await lockDataDir(real);
    return { path: real, secrets: () => orSentence(real, () => readOrCreateSecrets(path.join(real, 'secret'))), close };
  } catch (error) {
    throw asSentence(dir, error);
  }
}

/** Files that root left in a user's folder, or the other way round, would stop a later start half-way. */
export async function requireOwnership(dir: string): Promise<void> {
  const me = process.getuid?.();
  const { uid } = await stat(dir);
  if (me === undefined || uid === me) return;
  throw new BootError(
    `${dir} belongs to user ${uid}, and this was started by user ${me} (${userName()}): start it as its owner, or give it to you first with: chown -R ${me} ${JSON.stringify(dir)}`,
  );
}

async function readOrCreateSecrets(file: string): Promise<Buffer[]> {
  try {
    return await readSecrets(file);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  await writeFileAtomically(file, `${randomBytes(32).toString('hex')}\n`);
  return readSecrets(file);
}

async function readSecrets(file: string): Promise<Buffer[]> {
  const { mode } = await stat(file);
  if ((mode & 0o077) !== 0) {
    throw new BootError(
      `${file} can be read by other users of this machine (mode ${(mode & 0o777).toString(8)}). If nobody has read it: chmod 600 ${JSON.stringify(file)}. Otherwise remove it; a new one is made, and everybody logs in again.`,
    );
  }
  const lines = (await readFile(file, 'utf8')).trim().split(/\s+/);
  if (!lines.every((line) => /^[0-9a-f]{64}$/.test(line))) {
    throw new BootError(
      `${file} does not hold 64 hexadecimal digits in each line: bring it back from a backup, or remove it; a new one is made, and everybody logs in again.`,
    );
  }
  return lines.map((line) => Buffer.from(line, 'hex'));
}

/** Mode 0600; after a crash or on a full disk the file is as before or whole, never half. */
export async function writeFileAtomically(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.new`;
  try {
    const handle = await open(draft, 'w', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function orSentence<T>(dir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asSentence(dir, error);
  }
}

const sentences: Record<string, (dir: string) => string> = {
  ENOSPC: (dir) => `The disk that holds ${dir} is full: make room and start again. Nothing was changed.`,
  EDQUOT: (dir) =>
    `The quota of the disk that holds ${dir} is used up: make room and start again. Nothing was changed.`,
  EROFS: (dir) => `${dir} is on a disk that can only be read: set DATA_DIR to a folder that can be written.`,
  EACCES: (dir) =>
    `${dir} cannot be written by user ${userName()}: set DATA_DIR to a folder of theirs, or change its owner.`,
  EPERM: (dir) =>
    `${dir} cannot be written by user ${userName()}: set DATA_DIR to a folder of theirs, or change its owner.`,
  ENOTDIR: (dir) => `${dir} is not a folder, or a part of its path is not: set DATA_DIR to the path of a folder.`,
  EEXIST: (dir) => `${dir} is a file: set DATA_DIR to the path of a folder.`,
};

/** Errors of the disk as a BootError; any other as it is. */
export function asSentence(dir: string, error: unknown): unknown {
  const sentence = sentences[errorCode(error) ?? ''];
  return sentence === undefined ? error : new BootError(sentence(dir), { cause: error });
}

/** A container may run under a uid that has no name. */
function userName(): string {
  try {
    return os.userInfo().username;
  } catch {
    return `number ${process.getuid?.() ?? '?'}`;
  }
}
