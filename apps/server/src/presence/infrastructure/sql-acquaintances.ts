import { sql } from 'drizzle-orm';
import type { Database } from '../../platform/database/database.js';
import { Acquaintances } from '../application/ports.js';

export class SqlAcquaintances extends Acquaintances {
  constructor(private readonly database: Database) {
    super();
  }

  /** One join over the conversations of both sides: its cost is their sum, not their product, however many somebody has. */
  async among(userId: number, publicIds: readonly string[]): Promise<Map<string, number>> {
    if (publicIds.length === 0) return new Map();
    const { rows } = await this.database.db.execute<{ publicId: string; id: number }>(sql`
      select distinct u.public_id as "publicId", u.id from users u
      join members theirs on theirs.user_id = u.id and theirs.left_ver is null
      join members mine on mine.conversation_id = theirs.conversation_id and mine.user_id = ${userId} and mine.left_ver is null
      where u.public_id = any(${sql.param(publicIds)}::text[])`);
    return new Map(rows.map(({ publicId, id }) => [publicId, id]));
  }
}
