import type { EntryOf, Recorder } from '@tertulia/history-checker';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client, type QueryResultRow } from 'pg';

type Query = <T extends QueryResultRow>(sql: string) => Promise<T[]>;
type Found<T extends 'row' | 'member' | 'counters'> = Omit<EntryOf<T>, 'type' | 't'>;

const kinds: Record<number, EntryOf<'change'>['kind']> = {
  1: 'message',
  2: 'member',
  3: 'left',
  4: 'conversation',
  5: 'message',
};

/** Adds what the database holds after the run: messages, change log, members and counters of all conversations. */
export async function recordDatabase(url: string, recorder: Recorder): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await recordTables(async <T extends QueryResultRow>(sql: string) => (await client.query<T>(sql)).rows, recorder);
  } finally {
    await client.end();
  }
}

async function recordTables(query: Query, recorder: Recorder): Promise<void> {
  for (const row of await query<Found<'row'>>(MESSAGES)) recorder.add({ type: 'row', ...row });
  for (const row of await query<Found<'member'>>(MEMBERS)) recorder.add({ type: 'member', ...row });
  for (const row of await query<Found<'counters'>>(COUNTERS)) recorder.add({ type: 'counters', ...row });
  const changes = await query<{ conversation: string; ver: number; kind: number; user: string | null }>(CHANGES);
  for (const { kind, ...row } of changes) recorder.add({ type: 'change', ...row, kind: kinds[kind] ?? 'other' });
}

const MESSAGES = `
  select c.public_id as conversation, m.seq, m.ver, m.client_id as op, u.public_id as sender,
         coalesce(m.body, '') as body, m.deleted_at is not null as deleted, epoch_ms(m.created_at)::float8 as at
    from messages m join conversations c on c.id = m.conversation_id left join users u on u.id = m.sender_id`;

const CHANGES = `
  select c.public_id as conversation, h.ver, h.kind, u.public_id as "user"
    from changes h join conversations c on c.id = h.conversation_id
    left join users u on u.id = h.ref and h.kind in (2, 3)`;

const MEMBERS = `
  select c.public_id as conversation, u.public_id as "user", m.joined_ver as "joinedVer", m.left_ver as "leftVer",
         m.from_seq as "fromSeq", m.read_rev as "readRev", m.read_seq as "readSeq"
    from members m join conversations c on c.id = m.conversation_id join users u on u.id = m.user_id`;

const COUNTERS = `select public_id as conversation, seq, ver, 0 as floor from conversations`;

/** The address of the PostgreSQL that a server keeps in its data folder, while it runs. */
export function embeddedUrl(dataDir: string): string {
  const { password, port } = JSON.parse(readFileSync(path.join(dataDir, 'postgres.json'), 'utf8')) as {
    password: string;
    port: number;
  };
  return `postgres://tertulia:${password}@127.0.0.1:${port}/tertulia`;
}
