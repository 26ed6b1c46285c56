import { sql } from 'drizzle-orm';
import { limits, type ConversationDelta } from '@tertulia/contract';
import type { ChangeReader, Pointer } from '../../conversation-log/public.js';
import type { People } from '../../identity/public.js';
import type { Database } from '../../platform/database/database.js';
import { MessageReader, type Cursor, type Page, type PageRequest } from '../application/ports.js';
import { newerMessages, olderMessages } from './message-queries.js';
import { toMessages, type StoredMessage } from './stored-messages.js';

type Standing = { fromSeq: number; ver: number; tag: number };
type Place = {
  asked: string;
  id: number | null;
  ver: number;
  tag: number;
  joinedVer: number;
  member: boolean;
  cursor: number;
  cursorTag: number;
  valid: boolean;
};

export class SqlMessageReader extends MessageReader {
  constructor(
    private readonly database: Database,
    private readonly people: People,
    private readonly changes: ChangeReader,
  ) {
    super();
  }

  async page(userId: number, conversationId: number, request: PageRequest): Promise<Page | null> {
    // The cursor before the rows: what commits in between is told again by the stream, and never lost.
    const standing = await this.standing(userId, conversationId);
    if (!standing) return null;
    const { rows, hasOlder, hasNewer } = await this.rows(conversationId, standing.fromSeq, request);
    return { ...(await toMessages(this.people, rows)), hasOlder, hasNewer, ver: standing.ver, tag: standing.tag };
  }

  private async standing(userId: number, conversationId: number): Promise<Standing | undefined> {
    const { rows } = await this.database.db.execute<Standing>(sql`
      select m.from_seq as "fromSeq", c.ver, coalesce(t.tag, 0) as tag from members m join conversations c on c.id = m.conversation_id
      left join changes t on t.conversation_id = c.id and t.ver = c.ver
      where m.conversation_id = ${conversationId} and m.user_id = ${userId} and m.left_ver is null`);
    return rows[0];
  }

  private async rows(conversation: number, fromSeq: number, { before, after, around, limit }: PageRequest) {
    if (after !== undefined) {
      const newer = await this.newer(conversation, Math.max(after + 1, fromSeq), limit);
      return { rows: newer.rows, hasNewer: newer.more, hasOlder: (newer.rows[0]?.seq ?? after + 1) > fromSeq };
    }
    if (around !== undefined) {
      const older = await this.older(conversation, fromSeq, around, Math.ceil(limit / 2));
      const newer = await this.newer(conversation, Math.max(around, fromSeq), limit - older.rows.length || 1);
      return { rows: [...older.rows, ...newer.rows], hasOlder: older.more, hasNewer: newer.more };
    }
    const older = await this.older(conversation, fromSeq, before ?? null, limit);
    return { rows: older.rows, hasOlder: older.more, hasNewer: before !== undefined };
  }

  private async older(conversation: number, fromSeq: number, before: number | null, limit: number) {
    const { rows } = await this.database.db.execute<StoredMessage>(
      olderMessages(conversation, fromSeq, before, limit + 1),
    );
    return { rows: rows.slice(0, limit).reverse(), more: rows.length > limit };
  }

  private async newer(conversation: number, fromSeq: number, limit: number) {
    const { rows } = await this.database.db.execute<StoredMessage>(newerMessages(conversation, fromSeq, limit + 1));
    return { rows: rows.slice(0, limit), more: rows.length > limit };
  }

  async since(
    userId: number,
    cursors: readonly Cursor[],
  ): Promise<{ conversations: ConversationDelta[]; gone: string[] } | null> {
    if (cursors.length === 0) return { conversations: [], gone: [] };
    const places = await this.places(userId, cursors);
    // Not this one conversation alone: whatever else its bearer holds may be from there too.
    if (places.some(({ member, valid }) => member && !valid)) return null;
    const conversations: ConversationDelta[] = [];
    const budget = { changes: limits.syncChanges as number, bytes: limits.syncBytes as number };
    for (const place of places) {
      if (!place.member || place.id === null) continue;
      if (place.cursor < place.joinedVer) conversations.push(resetOf(place));
      else if (place.ver > place.cursor) conversations.push(await this.delta(place, place.id, budget));
    }
    return { conversations, gone: places.filter(({ member }) => !member).map(({ asked }) => asked) };
  }

  private async places(userId: number, cursors: readonly Cursor[]): Promise<Place[]> {
    const { rows } = await this.database.db.execute<Place>(sql`
      select k.asked, c.id, c.ver, coalesce(t.tag, 0) as tag, m.joined_ver as "joinedVer", m.user_id is not null as member, k.ver as cursor, k.tag as "cursorTag",
        (k.ver = 0 and k.tag = 0) or exists (select 1 from changes x where x.conversation_id = c.id and x.ver = k.ver and x.tag = k.tag) as valid
      from unnest(${sql.param(cursors.map(({ conversation }) => conversation))}::text[], ${sql.param(cursors.map(({ ver }) => ver))}::int[],
        ${sql.param(cursors.map(({ tag }) => tag))}::int[]) with ordinality k (asked, ver, tag, ord)
      left join conversations c on c.public_id = k.asked
      left join members m on m.conversation_id = c.id and m.user_id = ${userId} and m.left_ver is null
      left join changes t on t.conversation_id = c.id and t.ver = c.ver
      order by k.ord`);
    return rows;
  }

  private async delta(
    place: Place,
    id: number,
    budget: { changes: number; bytes: number },
  ): Promise<ConversationDelta> {
    const pointers = budget.changes > 0 && budget.bytes > 0 ? await this.pointers(id, place, budget.changes) : [];
    const changes = [];
    for (const { wire } of await this.changes.resolve(pointers, new Map([[id, place.asked]]))) {
      // At least one change goes out, however large: a client must always get on.
      if (budget.bytes <= 0) break;
      budget.bytes -= Buffer.byteLength(JSON.stringify(wire));
      changes.push(wire);
    }
    budget.changes -= changes.length;
    const last = changes.at(-1);
    const ver = last?.ver ?? place.cursor;
    return {
      conversation: place.asked,
      reset: false,
      changes,
      ver,
      tag: last?.tag ?? place.cursorTag,
      more: ver < place.ver,
    };
  }

  private async pointers(id: number, { cursor, ver }: Place, limit: number): Promise<Pointer[]> {
    const { rows } = await this.database.db.execute<Pointer & Record<string, unknown>>(sql`
      select conversation_id as "conversationId", ver, kind, ref, tag from changes
      where conversation_id = ${id} and ver > ${cursor} and ver <= ${Math.min(ver, cursor + limit)} order by ver`);
    return rows;
  }
}

const resetOf = ({ asked, ver, tag }: Place): ConversationDelta => ({
  conversation: asked,
  reset: true,
  changes: [],
  ver,
  tag,
  more: false,
});
