import type { Actor } from '../../shared/actor.js';
import type { AccountLinks, Audit } from './ports.js';

export const RECOVERY_MINUTES = 30;

export interface RecoveryLink {
  /** To be handed to the person, and shown to nobody else. */
  link: string;
  minutes: number;
}

/** A link by which one person chooses a new password. Former ones of theirs are void. */
export class IssueRecoveryLink {
  constructor(
    private readonly links: AccountLinks,
    private readonly audit: Audit,
    /** The address people open; null: only the request knows it. */
    private readonly publicOrigin: string | null,
  ) {}

  /** `by` null: asked for by mail. `requestOrigin` is believed only when an authorised person says it, never for mail. */
  async execute(
    userId: number,
    by: Actor | null,
    { address, requestOrigin }: { address: string; requestOrigin: string },
  ): Promise<RecoveryLink> {
    const token = await this.links.issue({ userId, purpose: 'recovery', minutes: RECOVERY_MINUTES });
    await this.audit.record({
      action: 'recovery_issued',
      actorId: by?.userId ?? null,
      subjectId: userId,
      address,
    });
    // The fragment never reaches a server, its logs, or the next page as a referrer.
    return { link: `${this.publicOrigin ?? requestOrigin}/recover#${token}`, minutes: RECOVERY_MINUTES };
  }
}
