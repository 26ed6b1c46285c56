import { requireStrongPassword, type PasswordOwner } from '../domain/password-rules.js';
import type { CommonPasswords, PasswordHasher } from './ports.js';

/** Every password that somebody chooses goes through here. */
export class NewPasswords {
  constructor(
    private readonly hasher: PasswordHasher,
    private readonly common: CommonPasswords,
  ) {}

  /** The hash to store. Throws password_weak. */
  async accept(password: string, owner: PasswordOwner): Promise<string> {
    const common = await this.common.load();
    requireStrongPassword(password, owner, (folded) => common.has(folded));
    return this.hasher.hash(password);
  }
}
