import { and, eq, gt, isNull, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../platform/database/database.js';
import { hashOfToken, newToken } from '../../shared/link-token.js';
import { AccountLinks } from '../application/ports.js';
import { accountLinks } from './identity.tables.js';

export class DrizzleAccountLinks extends AccountLinks {
  constructor(private readonly database: Database) {
    super();
  }

  async issue(link: Parameters<AccountLinks['issue']>[0]): Promise<string> {
    const { userId, purpose, email, minutes } = link;
    const token = newToken();
    await this.database.db.transaction(async (tx) => {
      await tx
        .update(accountLinks)
        .set({ usedAt: sql`clock_timestamp()` })
        .where(and(eq(accountLinks.userId, userId), eq(accountLinks.purpose, purpose), isNull(accountLinks.usedAt)));
      await tx.insert(accountLinks).values({
        tokenHash: hashOfToken(token),
        userId,
        purpose,
        email: email ?? null,
        expiresAt: sql`clock_timestamp() + make_interval(mins => ${minutes})`,
      });
    });
    return token;
  }

  async find(token: string, purpose: 'recovery' | 'email'): Promise<number | null> {
    const [link] = await this.database.db
      .select({ userId: accountLinks.userId })
      .from(accountLinks)
      .where(isGood(token, purpose));
    return link?.userId ?? null;
  }

  async redeem(token: string, purpose: 'recovery' | 'email'): Promise<{ userId: number; email: string | null } | null> {
    const [link] = await this.database.db
      .update(accountLinks)
      .set({ usedAt: sql`clock_timestamp()` })
      .where(isGood(token, purpose))
      .returning({ userId: accountLinks.userId, email: accountLinks.email });
    return link ?? null;
  }
}

const isGood = (token: string, purpose: 'recovery' | 'email'): SQL | undefined =>
  and(
    eq(accountLinks.tokenHash, hashOfToken(token)),
    eq(accountLinks.purpose, purpose),
    isNull(accountLinks.usedAt),
    gt(accountLinks.expiresAt, sql`clock_timestamp()`),
  );
