import type { Me } from '@tertulia/contract';
import type { Actor } from '../../shared/actor.js';
import { AppError } from '../../shared/app-error.js';
import { toMe } from './grant-session.js';
import type { Accounts } from './ports.js';

export class GetMe {
  constructor(private readonly accounts: Accounts) {}

  async execute(actor: Actor): Promise<Me> {
    const account = await this.accounts.findById(actor.userId);
    if (!account) throw new AppError('session_ended');
    return toMe(account);
  }
}
