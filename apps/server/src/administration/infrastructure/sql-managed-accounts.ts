import { sql, type SQL } from 'drizzle-orm';
import type { Account, Id, listUsers, Input, Output, ServerRole } from '@tertulia/contract';
import { recordAudit } from '../../identity/public.js';
import type { Database, Transaction } from '../../platform/database/database.js';
import type { Actor } from '../../shared/actor.js';
import { AppError } from '../../shared/app-error.js';
import { foldText } from '../../shared/text.js';
import { ManagedAccounts, type AccountChange, type ChangedAccount } from '../application/ports.js';
import type { Standing } from '../domain/standing.js';
import { msOf } from './ms-of.js';
import { lockPair } from './sql-staff.js';

export class SqlManagedAccounts extends ManagedAccounts {
  constructor(private readonly database: Database) {
    super();
  }

  async list({ q, after, limit }: Input<typeof listUsers>): Promise<Output<typeof listUsers>> {
    const found = await readAccounts(
      this.database.db,
      sql`where ${matching(q)} and ${
        after === undefined
          ? sql`true`
          : sql`(u.search_name, u.id) > (select search_name, id from users where public_id = ${after})`
      } order by u.search_name, u.id limit ${limit + 1}`,
    );
    const users = found.slice(0, limit);
    return { users, next: found.length > limit ? (users.at(-1)?.id ?? null) : null };
  }

  change(
    actor: Actor,
    user: Id,
    decide: (actor: Standing, subject: Standing) => AccountChange | null,
  ): Promise<ChangedAccount> {
    return this.database.db.transaction(async (tx) => {
      const { actor: acting, subject } = await lockPair(tx, actor, user);
      const change = decide(acting, subject ?? nobody);
      if (!subject) throw new AppError('person_not_found');
      const ended = change ? await apply(tx, acting, subject, change) : [];
      const [row] = await readAccounts(tx, sql`where u.id = ${subject.userId}`);
      return { userId: subject.userId, user: row!, ended };
    });
  }
}

/** Whoever may not act on anybody is told so, and not who is there. */
const nobody: Standing = { userId: 0, role: 'member', suspended: false };

async function apply(
  tx: Transaction,
  actor: Standing,
  { userId }: Standing,
  { action, data, role, actorRole, suspended, endSessions }: AccountChange,
): Promise<number[]> {
  // The one who gives first: there is never more than one owner.
  if (actorRole) await setRole(tx, actor.userId, actorRole);
  if (role) await setRole(tx, userId, role);
  if (suspended !== undefined)
    await tx.execute(
      sql`update users set suspended_at = ${suspended ? sql`clock_timestamp()` : sql`null`} where id = ${userId}`,
    );
  if (suspended === true || role === 'member') await revokeInvitesOf(tx, userId);
  const ended = endSessions === true ? await endSessionsOf(tx, userId) : [];
  await recordAudit(tx, { action, actorId: actor.userId, subjectId: userId, ...(data && { data }) });
  return ended;
}

async function setRole(tx: Transaction, userId: number, role: ServerRole): Promise<void> {
  await tx.execute(sql`update users set role = ${role} where id = ${userId}`);
}

/** Who may not invite any more has not left a door open. */
async function revokeInvitesOf(tx: Transaction, userId: number): Promise<void> {
  await tx.execute(
    sql`update invites set revoked_at = clock_timestamp() where created_by = ${userId} and revoked_at is null`,
  );
}

async function endSessionsOf(tx: Transaction, userId: number): Promise<number[]> {
  const { rows } = await tx.execute<{ id: number }>(
    sql`update sessions set revoked_at = clock_timestamp() where user_id = ${userId} and revoked_at is null returning id`,
  );
  return rows.map(({ id }) => id);
}

function matching(q: string): SQL {
  const text = q.trim();
  const pattern = `%${foldText(text).replace(/[\\%_]/g, '\\$&')}%`;
  return text === '' ? sql`true` : sql`(u.search_name like ${pattern} or lower(u.email) = lower(${text}))`;
}

async function readAccounts(db: Pick<Database['db'], 'execute'>, which: SQL): Promise<Account[]> {
  const { rows } = await db.execute<Account>(sql`
    select u.public_id as id, u.name, u.role, ${msOf(sql`u.created_at`)} as "createdAt",
      ${msOf(sql`(select max(last_seen_at) from sessions where user_id = u.id)`)} as "lastSeenAt",
      ${msOf(sql`u.suspended_at`)} as "suspendedAt"
    from users u ${which}`);
  return rows;
}
