import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { atExit, temporaryFolder } from './processes.js';

/** A file system of its own in memory, small enough to be filled in a moment. Only root may mount one. */
export class SmallDisk {
  readonly folder = temporaryFolder();

  constructor(megabytes: number) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', this.folder]);
    atExit(() => execFileSync('umount', ['-l', this.folder]));
  }

  /** To the last byte: dd stops when there is no more. */
  fill(): void {
    execFileSync('sh', ['-c', `dd if=/dev/zero of='${this.filler}' bs=4k 2>/dev/null || true`]);
  }

  free(): void {
    rmSync(this.filler);
  }

  private get filler(): string {
    return path.join(this.folder, 'filler');
  }
}
