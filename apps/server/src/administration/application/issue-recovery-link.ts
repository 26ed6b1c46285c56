import { limits, type issueRecoveryLink, type Input, type Output } from '@tertulia/contract';
import type { AccountLinks } from '../../identity/public.js';
import type { Actor } from '../../shared/actor.js';
import { requireAbove } from '../domain/standing.js';
import type { ManagedAccounts } from './ports.js';

/** Whoever has the link has the account: so only for somebody one stands above, and in the log before it exists. */
export class IssueRecoveryLink {
  constructor(
    private readonly accounts: ManagedAccounts,
    private readonly links: AccountLinks,
  ) {}

  async execute(actor: Actor, { user }: Input<typeof issueRecoveryLink>): Promise<Output<typeof issueRecoveryLink>> {
    const { userId } = await this.accounts.change(actor, user, (admin, subject) => {
      requireAbove(admin, subject);
      return { action: 'recovery_issued' };
    });
    const minutes = limits.recoveryMinutes;
    return { token: await this.links.issue({ userId, purpose: 'recovery', minutes }), minutes };
  }
}
