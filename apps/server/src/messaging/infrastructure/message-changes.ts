import { sql } from 'drizzle-orm';
import { changeKind, type ChangeLoader, type ChangePayload, type Pointer } from '../../conversation-log/public.js';
import type { People } from '../../identity/public.js';
import type { Database } from '../../platform/database/database.js';
import { messageColumns, toMessages, type StoredMessage } from './stored-messages.js';

/** What changes of messages point at: the message as it is now. */
export class MessageChanges implements ChangeLoader {
  readonly kinds = [changeKind.messageCreated, changeKind.messageChanged];

  constructor(
    private readonly database: Database,
    private readonly people: People,
  ) {}

  async load(pointers: readonly Pointer[]): Promise<(ChangePayload | null)[]> {
    const { rows } = await this.database.db.execute<StoredMessage & { ord: number }>(sql`
      select p.ord, ${messageColumns}
      from unnest(${sql.param(pointers.map((pointer) => pointer.conversationId))}::bigint[], ${sql.param(pointers.map((pointer) => pointer.ref))}::int[])
        with ordinality p (conversation_id, seq, ord)
      join messages m on m.conversation_id = p.conversation_id and m.seq = p.seq order by p.ord`);
    const { messages, people } = await toMessages(this.people, rows);
    const byId = new Map(people.map((person) => [person.id, person]));
    const byOrder = new Map(rows.map(({ ord }, index) => [ord, messages[index]!]));
    return pointers.map(({ kind }, index) => {
      const message = byOrder.get(index + 1);
      if (!message) return null;
      if (kind === changeKind.messageChanged) return { kind: 'message:changed', message };
      const named = [message.sender, message.system?.actor, ...(message.system?.people ?? [])].flatMap((id) =>
        id ? (byId.get(id) ?? []) : [],
      );
      return { kind: 'message:created', message, ...(named.length > 0 && { people: named }) };
    });
  }
}
