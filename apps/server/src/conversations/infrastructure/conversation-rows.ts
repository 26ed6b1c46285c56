import { sql, type SQL } from 'drizzle-orm';
import type { ConversationRow, MemberRole } from '@tertulia/contract';
import type { People } from '../../identity/public.js';
import type { Database } from '../../platform/database/database.js';
import { toSystemEvent, type StoredSystemEvent } from './stored-system-event.js';

export interface StoredRow extends Record<string, unknown> {
  conversationId: number;
  place: number;
  id: string;
  kind: 'direct' | 'group';
  name: string | null;
  peerId: string | null;
  peerName: string | null;
  memberCount: number;
  seq: number;
  ver: number;
  tag: number | null;
  at: number;
  unread: number;
  role: MemberRole;
  fromSeq: number;
  joinedVer: number;
  readRev: number;
  readSeq: number;
  uver: number;
  left: boolean;
  lastSeq: number | null;
  lastText: string | null;
  lastSystem: StoredSystemEvent | null;
  senderId: string | null;
  senderName: string | null;
}

/** Conversations as one member sees them. `page` picks the member rows first, so that the rest is read for those alone. */
export async function readRows(database: Database, page: SQL): Promise<StoredRow[]> {
  const { rows } = await database.db.execute<StoredRow>(sql`
    with page as (${page})
    select c.id as "conversationId", (extract(epoch from c.last_at) * 1000000)::bigint as place, c.public_id as id, c.kind, g.name,
      peer.public_id as "peerId", peer.name as "peerName",
      (select count(*)::int from members x where x.conversation_id = c.id and x.left_ver is null) as "memberCount",
      c.seq, c.ver, t.tag, epoch_ms(c.last_at) as at,
      count_unread(c.id, m.user_id, greatest(m.read_seq, m.from_seq - 1), c.seq) as unread,
      m.role, m.from_seq as "fromSeq", m.joined_ver as "joinedVer", m.read_rev as "readRev", m.read_seq as "readSeq", m.uver,
      m.left_ver is not null as left,
      last.seq as "lastSeq", last.text as "lastText", last.system as "lastSystem", sender.public_id as "senderId", sender.name as "senderName"
    from page m
    join conversations c on c.id = m.conversation_id
    left join groups g on g.conversation_id = c.id
    left join directs d on d.conversation_id = c.id
    left join users peer on peer.id = case d.low_user_id when m.user_id then d.high_user_id else d.low_user_id end
    left join changes t on t.conversation_id = c.id and t.ver = c.ver
    left join lateral (
      select l.seq, left(l.body, 200) as text, l.system, l.sender_id from messages l
      where l.conversation_id = c.id and l.seq <= c.seq and l.seq >= m.from_seq and l.deleted_at is null order by l.seq desc limit 1
    ) last on m.left_ver is null
    left join users sender on sender.id = last.sender_id
    order by m.ord`);
  return rows;
}

export async function toConversationRows(people: People, rows: readonly StoredRow[]): Promise<ConversationRow[]> {
  const named = await people.byInternalIds(
    rows.flatMap(({ lastSystem }) => (lastSystem ? [lastSystem.actor, ...(lastSystem.people ?? [])] : [])),
  );
  const publicId = (userId: number): string => named.get(userId)?.id ?? '';
  return rows.map((row) => (row.left ? leftRow(row) : { ...ownRow(row), preview: previewOf(row, publicId) }));
}

function ownRow(row: StoredRow): ConversationRow {
  const { id, kind, name, memberCount, seq, ver, at, unread, role, fromSeq, joinedVer, readRev, readSeq, uver, left } =
    row;
  return {
    id,
    kind,
    name,
    peer: row.peerId !== null && row.peerName !== null ? { id: row.peerId, name: row.peerName } : null,
    memberCount,
    seq,
    ver,
    tag: row.tag ?? 0,
    at,
    preview: null,
    unread,
    me: { role, fromSeq, joinedVer, readRev, readSeq, uver, left },
  };
}

/** An ex-member learns that they left, and nothing else. */
function leftRow(row: StoredRow): ConversationRow {
  return { ...ownRow(row), name: null, peer: null, memberCount: 0, seq: 0, ver: 0, tag: 0, at: 0, unread: 0 };
}

function previewOf(row: StoredRow, publicId: (userId: number) => string): ConversationRow['preview'] {
  if (row.lastSeq === null) return null;
  const { lastSystem } = row;
  return {
    seq: row.lastSeq,
    sender: row.senderId,
    senderName: row.senderName,
    text: row.lastText ?? '',
    ...(lastSystem && { system: toSystemEvent(lastSystem, publicId) }),
  };
}
