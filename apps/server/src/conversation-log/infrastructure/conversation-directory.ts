import { sql } from 'drizzle-orm';
import type { Database } from '../../platform/database/database.js';
import { ConversationFinder, type ConversationRef, type JoinRow } from '../application/ports.js';

const MAX_KEPT = 50_000;

type RefRow = { id: number; publicId: string; kind: 'direct' | 'group'; pair: number[] | null };

const refColumns = sql`c.id, c.public_id as "publicId", c.kind, case c.kind when 'direct' then
  (select json_agg(p.user_id) from members p where p.conversation_id = c.id) end as pair`;

/** From public id to what never changes about a conversation. Says nothing about who may enter it. */
export class ConversationDirectory extends ConversationFinder {
  private readonly known = new Map<string, Promise<ConversationRef | null>>();

  constructor(private readonly database: Database) {
    super();
  }

  /** Callers that ask for one conversation at the same time go on in the order they asked. */
  find(publicId: string): Promise<ConversationRef | null> {
    const known = this.known.get(publicId);
    if (known) return known;
    const asked = this.read(publicId);
    this.keep(publicId, asked);
    asked.then(
      (ref) => ref ?? this.known.delete(publicId),
      () => this.known.delete(publicId),
    );
    return asked;
  }

  /** An older copy may give an id to another conversation. */
  beginAnew(): void {
    this.known.clear();
  }

  /** Every conversation a user is a member of, with its ver, in one statement: the first half of the join function. */
  async readJoined(userId: number, conversationId?: number): Promise<JoinRow[]> {
    const { rows } = await this.database.db.execute<RefRow & { ver: number; joinedVer: number }>(sql`
      select ${refColumns}, c.ver, m.joined_ver as "joinedVer" from members m join conversations c on c.id = m.conversation_id
      where m.user_id = ${userId} and m.left_ver is null ${conversationId === undefined ? sql`` : sql`and c.id = ${conversationId}`}`);
    return rows.map((row) => {
      const ref = toRef(row);
      // A look-up under way is not replaced: who asks later would overtake who waits for it.
      if (!this.known.has(ref.publicId)) this.keep(ref.publicId, Promise.resolve(ref));
      return { ref, ver: row.ver, joinedVer: row.joinedVer };
    });
  }

  /** The ver of a conversation, and who of these users is in it, in one statement. */
  async readStanding(
    conversationId: number,
    userIds: readonly number[],
  ): Promise<{ ver: number; members: Set<number> }> {
    const { rows } = await this.database.db.execute<{ ver: number; members: number[] }>(sql`
      select c.ver, (select coalesce(json_agg(m.user_id), '[]') from members m where m.conversation_id = c.id
        and m.user_id = any(${sql.param([...userIds])}::bigint[]) and m.left_ver is null) as members
      from conversations c where c.id = ${conversationId}`);
    return { ver: rows[0]?.ver ?? 0, members: new Set(rows[0]?.members ?? userIds) };
  }

  private async read(publicId: string): Promise<ConversationRef | null> {
    const { rows } = await this.database.db.execute<RefRow>(
      sql`select ${refColumns} from conversations c where c.public_id = ${publicId}`,
    );
    return rows[0] ? toRef(rows[0]) : null;
  }

  private keep(publicId: string, ref: Promise<ConversationRef | null>): void {
    this.known.delete(publicId);
    this.known.set(publicId, ref);
    if (this.known.size > MAX_KEPT) {
      const oldest = this.known.keys().next();
      if (!oldest.done) this.known.delete(oldest.value);
    }
  }
}

const toRef = (row: RefRow): ConversationRef => ({
  id: row.id,
  publicId: row.publicId,
  kind: row.kind,
  pair: row.pair ?? [],
});
