import { and, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../platform/database/database.js';
import { violates } from '../../platform/database/database-errors.js';
import { AppError } from '../../shared/app-error.js';
import { newPublicId } from '../../shared/public-id.js';
import { foldText } from '../../shared/text.js';
import { Accounts, type Account, type KeptSession, type NewAccount } from '../application/ports.js';
import { admit } from './drizzle-admission.js';
import { recordAudit } from './drizzle-audit.js';
import { accountNotices, sessions, users } from './identity.tables.js';

const columns = {
  userId: users.id,
  id: users.publicId,
  email: users.email,
  name: users.name,
  role: users.role,
  passwordHash: users.passwordHash,
  suspended: sql<boolean>`${isNotNull(users.suspendedAt)}`,
};

export class DrizzleAccounts extends Accounts {
  constructor(private readonly database: Database) {
    super();
  }

  async create(account: NewAccount): Promise<Account> {
    try {
      return await this.database.db.transaction((tx) => admitAndInsert(tx, account));
    } catch (error) {
      if (violates(error, 'users_email_key')) throw new AppError('email_taken');
      // Two first registrations at once: the other one has become the owner, this one is like any other.
      if (violates(error, 'users_owner_key')) return this.create(account);
      throw error;
    }
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
    return anyIn(this.database.db);
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

async function anyIn(db: Pick<Database['db'], 'select'>): Promise<boolean> {
  const found = await db.select({ id: users.id }).from(users).limit(1);
  return found.length > 0;
}

async function admitAndInsert(tx: Transaction, account: NewAccount): Promise<Account> {
  const isFirst = !(await anyIn(tx));
  const invite = isFirst ? null : await admit(tx, account.invite);
  const made = await insert(tx, account, isFirst ? 'owner' : 'member');
  const entry = { actorId: made.userId, address: account.address };
  await recordAudit(tx, { ...entry, action: 'registered', subjectId: made.userId });
  if (invite)
    await recordAudit(tx, { ...entry, action: 'invite_used', subjectId: invite.by, data: { invite: invite.id } });
  return made;
}

async function insert(tx: Transaction, account: NewAccount, role: Account['role']): Promise<Account> {
  const { email, name, passwordHash } = account;
  const publicId = newPublicId();
  const { rows } = await tx.execute<{ id: number }>(sql`
    with account as (
      insert into users (public_id, email, name, search_name, password_hash, role)
      values (${publicId}, ${email}, ${name}, ${foldText(name)}, ${passwordHash}, ${role}) returning id
    ), counter as (insert into user_counters (user_id) select id from account)
    select id from account`);
  return { userId: rows[0]!.id, id: publicId, email, name, role, passwordHash, suspended: false };
}
