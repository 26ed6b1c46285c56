import { and, eq, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import type { Database } from '../../platform/database/database.js';
import { Gathered } from '../../platform/database/gathered.js';
import type { Actor } from '../../shared/actor.js';
import { newPublicId } from '../../shared/public-id.js';
import { Sessions, type Device, type Rotation, type SessionRecord } from '../application/ports.js';
import { sessions, users } from './identity.tables.js';

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

  async open(userId: number, { userAgent, address }: Device): Promise<SessionRecord> {
    const [session] = await this.database.db
      .insert(sessions)
      .values({ publicId: newPublicId(), userId, userAgent: userAgent.slice(0, 300), address })
      .returning(record);
    return session!;
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
    await this.end(current.id);
    return { outcome: 'reused', session: null };
  }

  async end(sessionId: number): Promise<void> {
    await this.database.db
      .update(sessions)
      .set({ revokedAt: sql`clock_timestamp()` })
      .where(and(eq(sessions.id, sessionId), isNull(sessions.revokedAt)));
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
