import { sql } from 'drizzle-orm';
import type { ConversationRow, Member, MemberRole } from '@tertulia/contract';
import type { People } from '../../identity/public.js';
import type { Database } from '../../platform/database/database.js';
import { ConversationReader, type ListPlace, type OwnChange } from '../application/ports.js';
import { readRows, toConversationRows } from './conversation-rows.js';

export class SqlConversationReader extends ConversationReader {
  constructor(
    private readonly database: Database,
    private readonly people: People,
  ) {
    super();
  }

  async list(
    userId: number,
    before: ListPlace | null,
    limit: number,
  ): Promise<{ rows: ConversationRow[]; next: ListPlace | null }> {
    // An empty direct conversation has been opened by somebody, but nothing was said: it is not in the list.
    const stored = await readRows(
      this.database,
      sql`select m.*, row_number() over (order by c.last_at desc, c.public_id desc) as ord from members m join conversations c on c.id = m.conversation_id
          where m.user_id = ${userId} and m.left_ver is null and (c.kind = 'group' or c.seq > 0)
          ${before ? sql`and ((extract(epoch from c.last_at) * 1000000)::bigint, c.public_id) < (${before[0]}, ${before[1]})` : sql``}
          order by c.last_at desc, c.public_id desc limit ${limit + 1}`,
    );
    const page = stored.slice(0, limit);
    const last = page.at(-1);
    return {
      rows: await toConversationRows(this.people, page),
      next: stored.length > limit && last ? [last.place, last.id] : null,
    };
  }

  async row(userId: number, conversationId: number): Promise<ConversationRow | null> {
    const stored = await readRows(
      this.database,
      sql`select m.*, 1 as ord from members m where m.user_id = ${userId} and m.conversation_id = ${conversationId} and m.left_ver is null`,
    );
    return (await toConversationRows(this.people, stored))[0] ?? null;
  }

  async members(conversationId: number): Promise<Member[]> {
    const { rows } = await this.database.db.execute<{ id: string; name: string; role: MemberRole; left: boolean }>(sql`
      select u.public_id as id, u.name, m.role, m.left_ver is not null as left from members m join users u on u.id = m.user_id
      where m.conversation_id = ${conversationId} order by u.search_name, u.id`);
    return rows.map(({ id, name, role, left }) => ({ person: { id, name }, role, left }));
  }

  async changedSince(userId: number, uver: number, limit: number): Promise<OwnChange[]> {
    const stored = await readRows(
      this.database,
      sql`select m.*, m.uver as ord from members m where m.user_id = ${userId} and m.uver > ${uver} order by m.uver limit ${limit}`,
    );
    const rows = await toConversationRows(this.people, stored);
    return rows.map((row, index) => ({
      uver: row.me.uver,
      row,
      conversationId: stored[index]!.conversationId,
      left: row.me.left,
    }));
  }

  async uver(userId: number): Promise<number> {
    const { rows } = await this.database.db.execute<{ uver: number }>(
      sql`select uver from user_counters where user_id = ${userId}`,
    );
    return rows[0]?.uver ?? 0;
  }
}
