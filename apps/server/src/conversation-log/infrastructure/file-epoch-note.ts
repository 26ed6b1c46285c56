import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from '../../platform/data-dir.js';
import { EpochNote } from '../application/ports.js';

export class FileEpochNote extends EpochNote {
  private readonly file: string;

  constructor(dataFolder: string) {
    super();
    this.file = path.join(dataFolder, 'epoch');
  }

  async read(): Promise<string | null> {
    const text = await readFile(this.file, 'utf8').catch(() => '');
    return text.trim() || null;
  }

  write(epoch: string): Promise<void> {
    return writeFileAtomically(this.file, `${epoch}\n`);
  }
}
