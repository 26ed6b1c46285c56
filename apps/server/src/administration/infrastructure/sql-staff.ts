import { sql } from 'drizzle-orm';
import type { Id } from '@tertulia/contract';
import { recordAudit, type AuditEntry } from '../../identity/public.js';
import type { Database, Transaction } from '../../platform/database/database.js';
import type { Actor } from '../../shared/actor.js';
import { AppError } from '../../shared/app-error.js';
import { Staff } from '../application/ports.js';
import { requireStaff, type Standing } from '../domain/standing.js';

type StandingRow = Standing & { publicId: string } & Record<string, unknown>;

const standing = sql`id as "userId", public_id as "publicId", role, suspended_at is not null as suspended`;

export class SqlStaff extends Staff {
  constructor(private readonly database: Database) {
    super();
  }

  async require(actor: Actor): Promise<void> {
    const { rows } = await this.database.db.execute<StandingRow>(
      sql`select ${standing} from users where id = ${actor.userId}`,
    );
    requireStaff(requirePresent(rows[0]));
  }
}

/** An act that concerns no other person: in one transaction with its audit entry, and nobody takes the role away meanwhile. */
export function asStaff<T>(
  database: Database,
  actor: Actor,
  act: (tx: Transaction) => Promise<{ result: T; entry: Omit<AuditEntry, 'actorId'> | null }>,
): Promise<T> {
  return database.db.transaction(async (tx) => {
    const { rows } = await tx.execute<StandingRow>(
      sql`select ${standing} from users where id = ${actor.userId} for share`,
    );
    requireStaff(requirePresent(rows[0]));
    const { result, entry } = await act(tx);
    if (entry) await recordAudit(tx, { ...entry, actorId: actor.userId });
    return result;
  });
}

/** Locks both, always in the same order: two who act on each other wait for one another, and the second sees what the first did. */
export async function lockPair(
  tx: Transaction,
  actor: Actor,
  user: Id,
): Promise<{ actor: Standing; subject: Standing | null }> {
  const { rows } = await tx.execute<StandingRow>(
    sql`select ${standing} from users where id = ${actor.userId} or public_id = ${user} order by id for no key update`,
  );
  return {
    actor: requirePresent(rows.find(({ userId }) => userId === actor.userId)),
    subject: rows.find(({ publicId }) => publicId === user) ?? null,
  };
}

/** The session was alive when the request came in; the suspension has ended it since. */
function requirePresent(actor: Standing | undefined): Standing {
  if (!actor || actor.suspended) throw new AppError('session_ended');
  return actor;
}
