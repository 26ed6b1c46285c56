import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../platform/database/database.js';
import { violates } from '../../platform/database/database-errors.js';
import { AppError } from '../../shared/app-error.js';
import { newPublicId } from '../../shared/public-id.js';
import { foldText } from '../../shared/text.js';
import { Accounts, type Account, type NewAccount } from '../application/ports.js';
import { users } from './identity.tables.js';

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

  async updatePasswordHash(userId: number, passwordHash: string): Promise<void> {
    await this.database.db.update(users).set({ passwordHash }).where(eq(users.id, userId));
  }
}
