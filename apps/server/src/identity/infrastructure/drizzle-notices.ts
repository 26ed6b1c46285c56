import { and, desc, eq, isNull, sql, type SQL } from 'drizzle-orm';
import type { Notice } from '@tertulia/contract';
import type { Database } from '../../platform/database/database.js';
import { Notices } from '../application/ports.js';
import { accountNotices } from './identity.tables.js';

/** More than anybody reads. */
const MOST = 50;

export class DrizzleNotices extends Notices {
  constructor(private readonly database: Database) {
    super();
  }

  async listFor(userId: number, session: string): Promise<Notice[]> {
    const { publicId: id, kind, at, data } = accountNotices;
    const rows = await this.database.db
      .select({ id, kind, at, data })
      .from(accountNotices)
      .where(isFor(userId, session))
      .orderBy(desc(accountNotices.id))
      .limit(MOST);
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      at: row.at.getTime(),
      userAgent: row.data['userAgent'] ?? '',
      address: row.data['address'] ?? '',
    }));
  }

  async dismiss(userId: number, session: string, notice: string): Promise<void> {
    await this.database.db
      .update(accountNotices)
      .set({ seenAt: sql`clock_timestamp()` })
      .where(and(eq(accountNotices.publicId, notice), isFor(userId, session)));
  }
}

const isFor = (userId: number, session: string): SQL | undefined =>
  and(
    eq(accountNotices.userId, userId),
    isNull(accountNotices.seenAt),
    sql`${accountNotices.data}->>'session' is distinct from ${session}`,
  );
