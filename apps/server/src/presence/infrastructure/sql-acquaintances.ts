import { sql } from 'drizzle-orm';
import type { Database } from '../../platform/database/database.js';
import { Acquaintances } from '../application/ports.js';

export class SqlAcquaintances extends Acquaintances {
  constructor(private readonly database: Database) {
    super();
  }

  /** Most are found by their direct conversation, which ends for nobody; only for the others are groups compared. */
  async among(userId: number, publicIds: readonly string[]): Promise<Map<string, number>> {
    if (publicIds.length === 0) return new Map();
    const { rows } = await this.database.db.execute<{ publicId: string; id: number }>(sql`
      select u.public_id as "publicId", u.id from users u where u.public_id = any(${sql.param(publicIds)}::text[]) and (
        exists (select from directs d where d.low_user_id = least(u.id, ${userId}::bigint)
          and d.high_user_id = greatest(u.id, ${userId}::bigint))
        or exists (select from members mine join members theirs on theirs.conversation_id = mine.conversation_id
          where mine.user_id = ${userId} and mine.left_ver is null and theirs.user_id = u.id and theirs.left_ver is null))`);
    return new Map(rows.map(({ publicId, id }) => [publicId, id]));
  }
}
