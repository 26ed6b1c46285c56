import { sql } from 'drizzle-orm';
import { limits, type ConversationDelta } from '@tertulia/contract';
import type { ChangeReader, Pointer } from '../../conversation-log/public.js';
import type { People } from '../../identity/public.js';
import type { Database } from '../../platform/database/database.js';
import { MessageReader, type Cursor, type Page, type PageRequest } from '../application/ports.js';
import { pageOfMessages, type Span } from './message-queries.js';
import { toMessages, type StoredMessage } from './stored-messages.js';

/** Without a message: there is none in the span. */
type PageRow = { fromSeq: number; lastVer: number; lastTag: number } & (StoredMessage | { seq: null });
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

  async placeOf(
    userId: number,
    conversationId: number,
    id: string,
  ): Promise<{ seq: number; ver: number } | null | 'not a member'> {
    const { rows } = await this.database.db.execute<{ seq: number | null; ver: number }>(sql`
      select m.seq, m.ver from members me left join messages m on m.conversation_id = me.conversation_id
        and m.sender_id = me.user_id and m.client_id = ${id} and m.seq >= me.from_seq
      where me.conversation_id = ${conversationId} and me.user_id = ${userId} and me.left_ver is null`);
    const [row] = rows;
    if (row === undefined) return 'not a member';
    return row.seq === null ? null : { seq: row.seq, ver: row.ver };
  }

  async page(userId: number, conversationId: number, request: PageRequest): Promise<Page | null> {
    const span = spanOf(request);
    // One more on each side tells whether there are more.
    const asked = { ...span, below: span.below && span.below + 1, above: span.above && span.above + 1 };
    const { rows } = await this.database.db.execute<PageRow>(pageOfMessages(userId, conversationId, asked));
    const [standing] = rows;
    if (!standing) return null;
    const { messages, hasOlder, hasNewer } = cut(rows, span, request);
    const { lastVer: ver, lastTag: tag } = standing;
    return { ...(await toMessages(this.people, messages)), hasOlder, hasNewer, ver, tag };
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
    const left = await this.leftSince(userId, conversations, places);
    const isGone = ({ asked, member }: Place): boolean => !member || left.has(asked);
    return {
      conversations: conversations.filter(({ conversation }) => !left.has(conversation)),
      gone: places.filter(isGone).map(({ asked }) => asked),
    };
  }

  /** Changes carry things as they are when they are read: whoever was removed meanwhile gets none of them. */
  private async leftSince(
    userId: number,
    read: readonly ConversationDelta[],
    places: readonly Place[],
  ): Promise<Set<string>> {
    const told = new Set(read.filter(({ changes }) => changes.length > 0).map(({ conversation }) => conversation));
    if (told.size === 0) return told;
    const { rows } = await this.database.db.execute<{ id: number; joinedVer: number }>(sql`
      select conversation_id as id, joined_ver as "joinedVer" from members
      where user_id = ${userId} and left_ver is null
        and conversation_id = any(${sql.param(places.flatMap(({ id }) => id ?? []))}::bigint[])`);
    const still = new Map(rows.map(({ id, joinedVer }) => [id, joinedVer]));
    for (const { asked, id, joinedVer } of places) if (id !== null && still.get(id) === joinedVer) told.delete(asked);
    return told;
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

const BEYOND_ALL = 2_147_483_647;

function spanOf({ before, after, around, limit }: PageRequest): Span {
  if (after !== undefined) return { pivot: after + 1, below: 0, above: limit };
  if (around !== undefined) return { pivot: around, below: Math.ceil(limit / 2), above: limit };
  return { pivot: before ?? BEYOND_ALL, below: limit, above: 0 };
}

/** The page out of rows that reach one further than it does. */
function cut(rows: readonly PageRow[], { pivot, below, above }: Span, { before, limit }: PageRequest) {
  const found = rows.filter((row): row is PageRow & StoredMessage => row.seq !== null).sort((a, b) => a.seq - b.seq);
  const [older, newer] = [found.filter(({ seq }) => seq < pivot), found.filter(({ seq }) => seq >= pivot)];
  const kept = below === 0 ? [] : older.slice(-below);
  const room = above === 0 ? 0 : Math.max(1, limit - kept.length);
  const messages = [...kept, ...newer.slice(0, room)];
  return {
    messages,
    hasOlder: below > 0 ? older.length > below : (messages[0]?.seq ?? pivot) > (rows[0]?.fromSeq ?? 0),
    hasNewer: above > 0 ? newer.length > room : before !== undefined,
  };
}
