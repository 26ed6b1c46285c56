import type { setRole, Input, Output } from '@tertulia/contract';
import type { Actor } from '../../shared/actor.js';
import { requireAnother, requireOwner } from '../domain/standing.js';
import type { ManagedAccounts } from './ports.js';

export class SetRole {
  constructor(private readonly accounts: ManagedAccounts) {}

  async execute(actor: Actor, { user, role }: Input<typeof setRole>): Promise<Output<typeof setRole>> {
    const changed = await this.accounts.change(actor, user, (owner, subject) => {
      requireOwner(owner);
      requireAnother(owner, subject);
      return subject.role === role ? null : { action: 'role_changed', data: { from: subject.role, to: role }, role };
    });
    return { user: changed.user };
  }
}
