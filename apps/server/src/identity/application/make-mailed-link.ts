import { limits } from '@tertulia/contract';
import type { AccountLinks, Audit } from './ports.js';

/**
 * A link by which one person chooses a new password, for a mail to them. Former ones of theirs are void. What an admin hands
 * over is made in the administration, under the lock of the account.
 */
export class MakeMailedLink {
  constructor(
    private readonly links: AccountLinks,
    private readonly audit: Audit,
    /** From the configuration alone: whoever asks for a mail must not choose where it leads. */
    private readonly publicOrigin: string | null,
  ) {}

  /** `address` is whose request it was. */
  async execute(userId: number, address: string): Promise<{ link: string; minutes: number }> {
    if (this.publicOrigin === null) throw new Error('mail without PUBLIC_URL: the configuration forbids it');
    const minutes = limits.recoveryMinutes;
    const token = await this.links.issue({ userId, purpose: 'recovery', minutes });
    await this.audit.record({ action: 'recovery_issued', actorId: null, subjectId: userId, address });
    // The fragment never reaches a server, its logs, or the next page as a referrer.
    return { link: `${this.publicOrigin}/recover#${token}`, minutes };
  }
}
