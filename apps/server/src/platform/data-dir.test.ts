import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BootError } from './boot-error.js';
import { openDataDir } from './data-dir.js';

const isRoot = process.getuid?.() === 0;
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tertulia-data-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const refusal = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => new Error('not refused'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(BootError);
  return (error as BootError).message;
};

describe('the data folder', () => {
  it('is made when it is missing, for its owner alone', async () => {
    const dir = path.join(folder, 'a', 'b');
    await (await openDataDir(dir)).close();
    expect(statSync(dir).mode & 0o777).toBe(0o700);
  });

  it('is refused while another live process holds it, and free when that one is gone', async () => {
    const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(holder, 'spawn');
    const status = readFileSync(`/proc/${holder.pid}/stat`, 'utf8');
    const birth = status.slice(status.lastIndexOf(')') + 2).split(' ')[19];
    writeFileSync(path.join(folder, 'tertulia.pid'), `${holder.pid} ${birth}\n`);
    expect(await refusal(openDataDir(folder))).toMatch(/already running .* two starts at once/);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    await (await openDataDir(folder)).close();
    expect(existsSync(path.join(folder, 'tertulia.pid'))).toBe(false);
  });

  it('replaces the pid file of a dead process, also when its number belongs to another program now', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    writeFileSync(path.join(folder, 'tertulia.pid'), `${dead} 12345\n`);
    await (await openDataDir(folder)).close();
    writeFileSync(path.join(folder, 'tertulia.pid'), `${process.ppid} 1\n`);
    await (await openDataDir(folder)).close();
  });

  it('keeps one secret, which only its owner can read', async () => {
    const data = await openDataDir(folder);
    const secrets = await data.secrets();
    expect(secrets.map(({ length }) => length)).toEqual([32]);
    expect(await data.secrets()).toEqual(secrets);
    // While it is exchanged: the new one above the old one.
    const file = path.join(folder, 'secret');
    writeFileSync(file, `${'ab'.repeat(32)}\n${readFileSync(file, 'utf8')}`);
    expect(await data.secrets()).toEqual([Buffer.alloc(32, 0xab), ...secrets]);
    expect(statSync(path.join(folder, 'secret')).mode & 0o777).toBe(0o600);
    await data.close();
  });

  it('refuses a secret that others can read or that is damaged', async () => {
    const data = await openDataDir(folder);
    await data.secrets();
    chmodSync(path.join(folder, 'secret'), 0o644);
    expect(await refusal(data.secrets())).toMatch(/can be read by other users .*chmod 600/);
    writeFileSync(path.join(folder, 'secret'), 'short');
    chmodSync(path.join(folder, 'secret'), 0o600);
    expect(await refusal(data.secrets())).toContain('does not hold 64 hexadecimal digits');
    await data.close();
  });

  it('says so when the path is a file', async () => {
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    expect(await refusal(openDataDir(file))).toContain('is a file');
    expect(await refusal(openDataDir(path.join(file, 'data')))).toContain('is not a folder');
  });

  it.runIf(isRoot)('says whose it is when another user owns it', async () => {
    const dir = path.join(folder, 'theirs');
    mkdirSync(dir);
    chownSync(dir, 65_534, 65_534);
    expect(await refusal(openDataDir(dir))).toMatch(/belongs to user 65534, and this was started by user 0/);
  });

  it.runIf(isRoot && process.platform === 'linux')('says so when the disk is full', async () => {
    const disk = path.join(folder, 'disk');
    mkdirSync(disk);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', disk]).status === 0;
    expect(mounted, 'root can mount a small disk').toBe(true);
    try {
      writeFileSync(path.join(disk, 'ballast'), Buffer.alloc(12_288));
      expect(await refusal(openDataDir(disk).then((data) => data.secrets()))).toMatch(/disk .* is full/);
    } finally {
      spawnSync('umount', [disk]);
    }
  });
});
