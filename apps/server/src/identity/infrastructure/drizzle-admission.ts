import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import type { RegistrationPolicy } from '@tertulia/contract';
import type { Database, Transaction } from '../../platform/database/database.js';
import { AppError } from '../../shared/app-error.js';
import { hashOfToken } from '../../shared/link-token.js';
import { Admission } from '../application/ports.js';
import { invites, serverSettings } from './identity.tables.js';

export class DrizzleAdmission extends Admission {
  constructor(private readonly database: Database) {
    super();
  }

  policy(): Promise<RegistrationPolicy> {
    return policyIn(this.database.db);
  }
}

/** Nobody has decided yet: open. */
async function policyIn(db: Pick<Database['db'], 'select'>): Promise<RegistrationPolicy> {
  const [settings] = await db.select({ registration: serverSettings.registration }).from(serverSettings);
  return settings?.registration ?? 'open';
}

/**
 * Lets somebody make an account, or throws. An invitation that was needed is used here: its row stays locked until the
 * account is made, so that it never lets in more people than it should.
 */
export async function admit(tx: Transaction, token: string | undefined): Promise<{ id: string; by: number } | null> {
  const policy = await policyIn(tx);
  if (policy === 'open') return null;
  if (policy === 'closed') throw new AppError('registration_closed');
  const invite = token === undefined ? undefined : await useUp(tx, token);
  if (!invite) throw new AppError('invite_invalid');
  return invite;
}

async function useUp(tx: Transaction, token: string): Promise<{ id: string; by: number } | undefined> {
  const [used] = await tx
    .update(invites)
    .set({ uses: sql`${invites.uses} + 1` })
    .where(
      and(
        eq(invites.tokenHash, hashOfToken(token)),
        isNull(invites.revokedAt),
        gt(invites.expiresAt, sql`clock_timestamp()`),
        lt(invites.uses, invites.maxUses),
      ),
    )
    .returning({ id: invites.publicId, by: invites.createdBy });
  return used;
}
