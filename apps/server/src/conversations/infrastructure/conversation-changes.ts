import { sql } from 'drizzle-orm';
import type { MemberRole } from '@tertulia/contract';
import { changeKind, type ChangeLoader, type ChangePayload, type Pointer } from '../../conversation-log/public.js';
import type { Database } from '../../platform/database/database.js';

/** What changes of members point at: the member as they are now. */
export class MemberChanges implements ChangeLoader {
  readonly kinds = [changeKind.memberChanged, changeKind.memberLeft];

  constructor(private readonly database: Database) {}

  async load(pointers: readonly Pointer[]): Promise<(ChangePayload | null)[]> {
    const { rows } = await this.database.db.execute<{
      ord: number;
      id: string;
      name: string;
      role: MemberRole;
      left: boolean;
    }>(sql`
      select p.ord, u.public_id as id, u.name, m.role, m.left_ver is not null as left
      from unnest(${sql.param(pointers.map((pointer) => pointer.conversationId))}::bigint[], ${sql.param(pointers.map((pointer) => pointer.ref))}::bigint[])
        with ordinality p (conversation_id, user_id, ord)
      join members m on m.conversation_id = p.conversation_id and m.user_id = p.user_id join users u on u.id = m.user_id`);
    const byOrder = new Map(
      rows.map(({ ord, id, name, role, left }) => [
        ord,
        { kind: 'member:changed', member: { person: { id, name }, role, left } } as const,
      ]),
    );
    return pointers.map((_, index) => byOrder.get(index + 1) ?? null);
  }
}

/** What changes of the conversation itself point at: its name as it is now. */
export class GroupChanges implements ChangeLoader {
  readonly kinds = [changeKind.conversationChanged];

  constructor(private readonly database: Database) {}

  async load(pointers: readonly Pointer[]): Promise<(ChangePayload | null)[]> {
    const { rows } = await this.database.db.execute<{ conversationId: number; name: string }>(sql`
      select conversation_id as "conversationId", name from groups where conversation_id = any(${sql.param(pointers.map((p) => p.conversationId))}::bigint[])`);
    const names = new Map(rows.map((row) => [row.conversationId, row.name]));
    return pointers.map(({ conversationId }) => ({
      kind: 'conversation:changed',
      name: names.get(conversationId) ?? null,
    }));
  }
}
