import type { restoreUser, suspendUser, Input, Output } from '@tertulia/contract';
import type { SessionEnds } from '../../identity/public.js';
import type { Actor } from '../../shared/actor.js';
import { requireAbove } from '../domain/standing.js';
import type { ManagedAccounts } from './ports.js';

export class SuspendUser {
  constructor(
    private readonly accounts: ManagedAccounts,
    private readonly ends: SessionEnds,
  ) {}

  async execute(actor: Actor, { user }: Input<typeof suspendUser>): Promise<Output<typeof suspendUser>> {
    const changed = await this.accounts.change(actor, user, (admin, subject) => {
      requireAbove(admin, subject);
      return subject.suspended ? null : { action: 'suspended', suspended: true, endSessions: true };
    });
    for (const session of changed.ended) this.ends.sessionEnded(session);
    return { user: changed.user };
  }

  async restore(actor: Actor, { user }: Input<typeof restoreUser>): Promise<Output<typeof restoreUser>> {
    const changed = await this.accounts.change(actor, user, (admin, subject) => {
      requireAbove(admin, subject);
      return subject.suspended ? { action: 'restored', suspended: false } : null;
    });
    return { user: changed.user };
  }
}
