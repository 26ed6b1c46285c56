import { and, desc, eq, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import type { Database } from '../../platform/database/database.js';
import { Gathered } from '../../platform/database/gathered.js';
import type { Actor } from '../../shared/actor.js';
import { newPublicId } from '../../shared/public-id.js';
import type { SessionInfo } from '@tertulia/contract';
import { Sessions, type Account, type Device, type Rotation, type SessionRecord } from '../application/ports.js';
import { accountNotices, sessions, users } from './identity.tables.js';

const record = {
  id: sessions.id,
  publicId: sessions.publicId,
  generation: sessions.generation,
  userId: sessions.userId,
};
/** Idle 14 days, 60 days in all (docs: SECURITY.md). */
const alive = sql`${sessions.revokedAt} is null and ${sessions.lastSeenAt} > clock_timestamp() - interval '14 days'
  and ${sessions.createdAt} > clock_timestamp() - interval '60 days'`;

export class DrizzleSessions extends Sessions {
  /** Asked with every request: many at once when there are many. */
  private readonly actors: Gathered<Actor>;

  constructor(private readonly database: Database) {
    super();
    const actorsOf = database.db
      .select({
        userId: users.id,
        user: users.publicId,
        name: users.name,
        sessionId: sessions.id,
        session: sessions.publicId,
      })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(
        and(
          sql`${sessions.publicId} = any(${sql.placeholder('publicIds')})`,
          isNull(sessions.revokedAt),
          isNull(users.suspendedAt),
        ),
      )
      .prepare('find_actors');
    this.actors = new Gathered(async (publicIds) => {
      const found = await actorsOf.execute({ publicIds });
      return new Map(found.map((actor) => [actor.session, actor]));
    });
  }

  /** The account stays locked until the session is there: a change of the password ends it, or it does not begin. */
  open({ userId, passwordHash }: Account, device: Device): Promise<SessionRecord | null> {
    const { userAgent, address, deviceHash } = { ...device, userAgent: device.userAgent.slice(0, 300) };
    return this.database.db.transaction(async (tx) => {
      const [account] = await tx
        .select({ id: users.id })
        .from(users)
        .where(and(eq(users.id, userId), eq(users.passwordHash, passwordHash), isNull(users.suspendedAt)))
        .for('share');
      if (!account) return null;
      const [before] = await tx
        .select({
          any: sql<boolean>`count(*) > 0`,
          same: sql<boolean>`coalesce(bool_or(device_hash = ${deviceHash}), false)`,
        })
        .from(sessions)
        .where(eq(sessions.userId, userId));
      const values = { publicId: newPublicId(), userId, userAgent, address, deviceHash };
      const [session] = await tx.insert(sessions).values(values).returning(record);
      if (before!.any && !before!.same) {
        const data = { userAgent, address, session: values.publicId };
        await tx.insert(accountNotices).values({ publicId: newPublicId(), userId, kind: 'new_device', data });
      }
      return session!;
    });
  }

  async rotate(publicId: string, generation: number): Promise<Rotation> {
    const [rotated] = await this.database.db
      .update(sessions)
      .set({ generation: generation + 1, rotatedAt: sql`clock_timestamp()`, lastSeenAt: sql`clock_timestamp()` })
      .where(and(eq(sessions.publicId, publicId), eq(sessions.generation, generation), alive))
      .returning(record);
    if (rotated) return { outcome: 'rotated', session: rotated };
    return this.judgeStale(publicId, generation);
  }

  private async judgeStale(publicId: string, generation: number): Promise<Rotation> {
    const [current] = await this.database.db
      .select({ ...record, recent: sql<boolean>`${sessions.rotatedAt} > clock_timestamp() - interval '30 seconds'` })
      .from(sessions)
      .where(and(eq(sessions.publicId, publicId), alive));
    if (!current || current.generation <= generation) return { outcome: 'ended', session: null };
    if (current.generation === generation + 1 && current.recent) return { outcome: 'repeated', session: current };
    await this.endReused(current);
    return { outcome: 'reused', session: null, ended: current };
  }

  private async endReused({ id, userId }: SessionRecord): Promise<void> {
    await this.database.db.transaction(async (tx) => {
      const [ended] = await tx
        .update(sessions)
        .set({ revokedAt: sql`clock_timestamp()` })
        .where(and(eq(sessions.id, id), isNull(sessions.revokedAt)))
        .returning({ userAgent: sessions.userAgent, address: sessions.address });
      // Another node was faster, and has told it.
      if (!ended) return;
      await tx.insert(accountNotices).values({ publicId: newPublicId(), userId, kind: 'session_reused', data: ended });
    });
  }

  async end(sessionId: number): Promise<void> {
    await this.database.db
      .update(sessions)
      .set({ revokedAt: sql`clock_timestamp()` })
      .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)));
  }

  async endOwn(userId: number, publicId: string): Promise<number | null> {
    const [ended] = await this.database.db
      .update(sessions)
      .set({ revokedAt: sql`clock_timestamp()` })
      .where(and(eq(sessions.publicId, publicId), eq(sessions.userId, userId), alive))
      .returning({ id: sessions.id });
    return ended?.id ?? null;
  }

  async listOf(userId: number): Promise<Omit<SessionInfo, 'isCurrent'>[]> {
    const { publicId: id, userAgent, address, createdAt, lastSeenAt } = sessions;
    const rows = await this.database.db
      .select({ id, userAgent, address, createdAt, lastSeenAt })
      .from(sessions)
      .where(and(eq(sessions.userId, userId), alive))
      .orderBy(desc(lastSeenAt), desc(sessions.id));
    return rows.map((row) => ({ ...row, createdAt: row.createdAt.getTime(), lastSeenAt: row.lastSeenAt.getTime() }));
  }

  async knowsDevice(email: string, deviceHash: string): Promise<boolean> {
    const found = await this.database.db
      .select({ id: sessions.id })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(and(sql`lower(${users.email}) = lower(${email.trim()})`, eq(sessions.deviceHash, deviceHash)))
      .limit(1);
    return found.length > 0;
  }

  async endAllOf(userId: number, except = 0): Promise<number[]> {
    const ended = await this.database.db
      .update(sessions)
      .set({ revokedAt: sql`clock_timestamp()` })
      .where(and(eq(sessions.userId, userId), ne(sessions.id, except), isNull(sessions.revokedAt)))
      .returning({ id: sessions.id });
    return ended.map(({ id }) => id);
  }

  async find(publicId: string): Promise<SessionRecord | null> {
    const [session] = await this.database.db.select(record).from(sessions).where(eq(sessions.publicId, publicId));
    return session ?? null;
  }

  findActor(publicId: string): Promise<Actor | null> {
    return this.actors.find(publicId);
  }

  async ended(sessionIds: readonly number[]): Promise<number[]> {
    if (sessionIds.length === 0) return [];
    const rows = await this.database.db
      .select({ id: sessions.id })
      .from(sessions)
      .where(and(inArray(sessions.id, [...sessionIds]), isNotNull(sessions.revokedAt)));
    return rows.map((row) => row.id);
  }
}
