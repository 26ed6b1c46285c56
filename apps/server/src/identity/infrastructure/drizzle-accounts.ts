import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Database } from '../../platform/database/database.js';
import { violates } from '../../platform/database/database-errors.js';
import { AppError } from '../../shared/app-error.js';
import { newPublicId } from '../../shared/public-id.js';
import { foldText } from '../../shared/text.js';
import { Accounts, type Account, type KeptSession, type NewAccount } from '../application/ports.js';
import { accountNotices, sessions, users } from './identity.tables.js';

const columns = {
  userId: users.id,
  id: users.publicId,
  email: users.email,
  name: users.name,
  role: users.role,
  passwordHash: users.passwordHash,
};

export class DrizzleAccounts extends Accounts {
  constructor(private readonly database: Database) {
    super();
  }

  async create(account: NewAccount): Promise<Account> {
    const first = !(await this.any());
    try {
      return await this.insert(account, first ? 'owner' : 'member');
    } catch (error) {
      if (violates(error, 'users_email_key')) throw new AppError('email_taken');
      // Two first registrations at once: the other one has become the owner.
      if (violates(error, 'users_owner_key')) return this.insert(account, 'member');
      throw error;
    }
  }

  private async insert({ email, name, passwordHash }: NewAccount, role: Account['role']): Promise<Account> {
    const publicId = newPublicId();
    const { rows } = await this.database.db.execute<{ id: number }>(sql`
      with account as (
        insert into users (public_id, email, name, search_name, password_hash, role)
        values (${publicId}, ${email}, ${name}, ${foldText(name)}, ${passwordHash}, ${role}) returning id
      ), counter as (insert into user_counters (user_id) select id from account)
      select id from account`);
    return { userId: rows[0]!.id, id: publicId, email, name, role, passwordHash };
  }

  async findByEmail(email: string): Promise<Account | null> {
    const [account] = await this.database.db
      .select(columns)
      .from(users)
      .where(sql`lower(${users.email}) = lower(${email.trim()})`);
    return account ?? null;
  }

  async findById(userId: number): Promise<Account | null> {
    const [account] = await this.database.db.select(columns).from(users).where(eq(users.id, userId));
    return account ?? null;
  }

  async any(): Promise<boolean> {
    const found = await this.database.db.select({ id: users.id }).from(users).limit(1);
    return found.length > 0;
  }

  async rehash({ userId, passwordHash: former }: Account, passwordHash: string): Promise<void> {
    await this.database.db
      .update(users)
      .set({ passwordHash })
      .where(and(eq(users.id, userId), eq(users.passwordHash, former)));
  }

  /** The account first: a log-in with the old password is either seen by the second statement or refused (see `open`). */
  setPassword(userId: number, passwordHash: string, keep: KeptSession | null): Promise<number[]> {
    return this.database.db.transaction(async (tx) => {
      await tx.update(users).set({ passwordHash }).where(eq(users.id, userId));
      const ended = await tx
        .update(sessions)
        .set({ revokedAt: sql`clock_timestamp()` })
        .where(and(eq(sessions.userId, userId), ne(sessions.id, keep?.id ?? 0), isNull(sessions.revokedAt)))
        .returning({ id: sessions.id });
      const data = keep ? { session: keep.publicId } : {};
      await tx.insert(accountNotices).values({ publicId: newPublicId(), userId, kind: 'password_changed', data });
      return ended.map(({ id }) => id);
    });
  }
}
