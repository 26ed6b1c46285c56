import type { Input, redeemRecovery } from '@tertulia/contract';
import { AppError } from '../../shared/app-error.js';
import type { NewPasswords } from './new-passwords.js';
import type { AccountLinks, Accounts, Audit, SessionEnds } from './ports.js';

/** Logs nobody in: whoever chose the password can type it. */
export class RedeemRecovery {
  constructor(
    private readonly accounts: Accounts,
    private readonly links: AccountLinks,
    private readonly passwords: NewPasswords,
    private readonly ends: SessionEnds,
    private readonly audit: Audit,
  ) {}

  async execute({ token, password }: Input<typeof redeemRecovery>, address: string): Promise<void> {
    // A refused password must not use the link up; that it is used only once is decided by `redeem` alone.
    const hash = await this.hashFor(await this.links.find(token, 'recovery'), password);
    const used = await this.links.redeem(token, 'recovery');
    if (!used) throw new AppError('link_invalid');
    const ended = await this.accounts.setPassword(used.userId, hash, null);
    for (const id of ended) this.ends.sessionEnded(id);
    await this.audit.record({ action: 'recovery_used', actorId: null, subjectId: used.userId, address });
  }

  private async hashFor(userId: number | null, password: string): Promise<string> {
    const account = userId === null ? null : await this.accounts.findById(userId);
    if (!account || account.suspended) throw new AppError('link_invalid');
    return this.passwords.accept(password, account);
  }
}
