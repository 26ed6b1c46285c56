import { sql, type SQL } from 'drizzle-orm';
import { limits, type Id, type Invite } from '@tertulia/contract';
import type { Database, Transaction } from '../../platform/database/database.js';
import type { Actor } from '../../shared/actor.js';
import { AppError } from '../../shared/app-error.js';
import { newPublicId } from '../../shared/public-id.js';
import { Invites, type NewInvite } from '../application/ports.js';
import { msOf } from './ms-of.js';
import { asStaff } from './sql-staff.js';

const isGood = sql`(i.revoked_at is null and i.uses < i.max_uses and i.expires_at > clock_timestamp())`;

export class SqlInvites extends Invites {
  constructor(private readonly database: Database) {
    super();
  }

  create(actor: Actor, { tokenHash, days, maxUses }: NewInvite): Promise<Invite> {
    return asStaff(this.database, actor, async (tx) => {
      await requireRoom(tx);
      const id = newPublicId();
      await tx.execute(sql`insert into invites (public_id, token_hash, created_by, expires_at, max_uses)
        values (${id}, ${tokenHash}, ${actor.userId}, clock_timestamp() + make_interval(days => ${days}), ${maxUses})`);
      const result = await findInvite(tx, id);
      return { result: result!, entry: { action: 'invite_created', data: { invite: id, days, maxUses } } };
    });
  }

  list(): Promise<Invite[]> {
    return readInvites(this.database.db, sql`order by ${isGood} desc, i.id desc limit ${limits.invites}`);
  }

  revoke(actor: Actor, invite: Id): Promise<Invite> {
    return asStaff(this.database, actor, async (tx) => {
      const { rowCount } = await tx.execute(
        sql`update invites i set revoked_at = clock_timestamp() where public_id = ${invite} and ${isGood}`,
      );
      const result = await findInvite(tx, invite);
      if (!result) throw new AppError('invite_not_found');
      return { result, entry: rowCount === 1 ? { action: 'invite_revoked', data: { invite } } : null };
    });
  }
}

/** All that are good fit the list, so that each can be revoked. Several at once may overshoot it by as many. */
async function requireRoom(tx: Transaction): Promise<void> {
  const { rows } = await tx.execute<{ good: number }>(sql`select count(*)::int as good from invites i where ${isGood}`);
  if (rows[0]!.good >= limits.invites) throw new AppError('invites_full');
}

async function findInvite(tx: Transaction, id: Id): Promise<Invite | null> {
  return (await readInvites(tx, sql`where i.public_id = ${id}`))[0] ?? null;
}

type InviteRow = Omit<Invite, 'by'> & { byId: Id; byName: string } & Record<string, unknown>;

async function readInvites(db: Pick<Database['db'], 'execute'>, which: SQL): Promise<Invite[]> {
  const { rows } = await db.execute<InviteRow>(sql`
    select i.public_id as id, u.public_id as "byId", u.name as "byName", ${msOf(sql`i.created_at`)} as "createdAt",
      ${msOf(sql`i.expires_at`)} as "expiresAt", i.max_uses as "maxUses", i.uses,
      case when i.revoked_at is not null then 'revoked' when i.uses >= i.max_uses then 'used_up'
        when ${isGood} then 'good' else 'expired' end as state
    from invites i join users u on u.id = i.created_by ${which}`);
  return rows.map(({ byId, byName, ...invite }) => ({ ...invite, by: { id: byId, name: byName } }));
}
