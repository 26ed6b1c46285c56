import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from '../../platform/data-dir.js';
import { EpochNote, type NotedEpoch } from '../application/ports.js';

export class FileEpochNote extends EpochNote {
  private readonly file: string;

  constructor(dataFolder: string) {
    super();
    this.file = path.join(dataFolder, 'epoch');
  }

  async read(): Promise<NotedEpoch | null> {
    const text = await readFile(this.file, 'utf8').catch(() => '');
    const [epoch, xid = '0'] = text.trim().split(' ');
    return epoch ? { epoch, xid: /^\d+$/.test(xid) ? BigInt(xid) : 0n } : null;
  }

  write({ epoch, xid }: NotedEpoch): Promise<void> {
    return writeFileAtomically(this.file, `${epoch} ${xid}\n`);
  }
}
