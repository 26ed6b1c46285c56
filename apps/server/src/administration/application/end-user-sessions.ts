import type { endUserSessions, Input, Output } from '@tertulia/contract';
import type { SessionEnds } from '../../identity/public.js';
import type { Actor } from '../../shared/actor.js';
import { requireAbove } from '../domain/standing.js';
import type { ManagedAccounts } from './ports.js';

export class EndUserSessions {
  constructor(
    private readonly accounts: ManagedAccounts,
    private readonly ends: SessionEnds,
  ) {}

  async execute(actor: Actor, { user }: Input<typeof endUserSessions>): Promise<Output<typeof endUserSessions>> {
    const { ended } = await this.accounts.change(actor, user, (admin, subject) => {
      requireAbove(admin, subject);
      return { action: 'sessions_ended', endSessions: true };
    });
    for (const session of ended) this.ends.sessionEnded(session);
    return { ended: ended.length };
  }
}
