import { limits } from '@tertulia/contract';
import { sql } from 'drizzle-orm';
import type { Database } from '../../platform/database/database.js';
import { TypingScope } from '../application/ports.js';

export class SqlTypingScope extends TypingScope {
  constructor(private readonly database: Database) {
    super();
  }

  /** Counts no further than it must: a large group costs as little as a small one. */
  async of(userId: number, conversationId: number): Promise<{ isMember: boolean; isSmall: boolean }> {
    const { rows } = await this.database.db.execute<{ isMember: boolean; isSmall: boolean }>(sql`
      select exists (select from members where conversation_id = ${conversationId} and user_id = ${userId} and left_ver is null)
          as "isMember",
        (select count(*) from (select from members where conversation_id = ${conversationId} and left_ver is null
          limit ${limits.typingMembers + 1}) as few) <= ${limits.typingMembers} as "isSmall"`);
    return rows[0]!;
  }
}
