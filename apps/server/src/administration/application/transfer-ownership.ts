import type { transferOwnership, Input, Output } from '@tertulia/contract';
import type { Actor } from '../../shared/actor.js';
import { AppError } from '../../shared/app-error.js';
import { requireAnother, requireOwner } from '../domain/standing.js';
import type { ManagedAccounts } from './ports.js';

export class TransferOwnership {
  constructor(private readonly accounts: ManagedAccounts) {}

  async execute(actor: Actor, { user }: Input<typeof transferOwnership>): Promise<Output<typeof transferOwnership>> {
    const changed = await this.accounts.change(actor, user, (owner, heir) => {
      requireOwner(owner);
      requireAnother(owner, heir);
      // Nobody could undo it: a server whose owner cannot log in has none.
      if (heir.suspended) throw new AppError('person_suspended');
      return { action: 'role_changed', data: { from: heir.role, to: 'owner' }, role: 'owner', actorRole: 'admin' };
    });
    return { user: changed.user };
  }
}
