import { sql, type SQL } from 'drizzle-orm';
import type { Message, Person } from '@tertulia/contract';
import { toSystemEvent, type StoredSystemEvent } from '../../conversations/public.js';
import type { People } from '../../identity/public.js';

export interface StoredMessage extends Record<string, unknown> {
  seq: number;
  ver: number;
  id: string;
  senderId: number | null;
  body: string | null;
  system: StoredSystemEvent | null;
  at: number;
  editedAt: number | null;
  deleted: boolean;
  cancelled: boolean;
}

export const messageColumns: SQL = sql`m.seq, m.ver, m.client_id as id, m.sender_id as "senderId", m.body, m.system,
  epoch_ms(m.created_at) as at, epoch_ms(m.edited_at) as "editedAt", m.deleted_at is not null as deleted,
  coalesce(m.deleted_at = m.created_at, false) as cancelled`;

/** Rows to what goes over the wire, with everybody they name. */
export async function toMessages(
  people: People,
  rows: readonly StoredMessage[],
): Promise<{ messages: Message[]; people: Person[] }> {
  const named = await people.byInternalIds(
    rows.flatMap(({ senderId, system }) => [...(senderId === null ? [] : [senderId]), ...peopleOf(system)]),
  );
  const publicId = (userId: number): string => named.get(userId)?.id ?? '';
  return { messages: rows.map((row) => toMessage(row, publicId)), people: [...named.values()] };
}

const peopleOf = (system: StoredSystemEvent | null): number[] =>
  system ? [system.actor, ...(system.people ?? [])] : [];

function toMessage(
  { seq, ver, id, senderId, body, system, at, editedAt, deleted, cancelled }: StoredMessage,
  publicId: (userId: number) => string,
): Message {
  return {
    seq,
    ver,
    id,
    sender: senderId === null ? null : publicId(senderId),
    body: body ?? '',
    at,
    ...(system && { system: toSystemEvent(system, publicId) }),
    ...(editedAt !== null && { editedAt }),
    ...(deleted && { deleted }),
    ...(cancelled && { cancelled }),
  };
}
