import { hash, verify, type Options } from '@node-rs/argon2';
import pLimit from 'p-limit';
import { PasswordHasher } from '../application/ports.js';

/** OWASP's first choice: 19 MiB, two passes, one lane; about 40 ms. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } satisfies Options;
const PREFIX = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`;

export class Argon2Hasher extends PasswordHasher {
  /** A crowd that logs in at once must not take all threads and memory from those who talk. */
  private readonly limit = pLimit(2);
  private readonly nothing = this.hash('nobody has this password');

  hash(password: string): Promise<string> {
    return this.limit(() => hash(password.normalize('NFC'), parameters));
  }

  verify(stored: string, password: string): Promise<boolean> {
    return this.limit(() => verify(stored, password.normalize('NFC')));
  }

  async verifyNothing(password: string): Promise<void> {
    await this.verify(await this.nothing, password);
  }

  isOutdated(stored: string): boolean {
    return !stored.startsWith(PREFIX);
  }
}
