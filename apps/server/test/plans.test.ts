import type { SQL } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageOfMessages } from '../src/messaging/infrastructure/message-queries.js';
import { LANE_OPTIONS, SESSION_OPTIONS } from '../src/platform/database/database.js';
import { migrate } from '../src/platform/database/migrate.js';
import { createDatabase, type Database } from './support/database.js';

const MESSAGES = 40_000;

let database: Database;
let client: Client;
/** One conversation older and one newer than the rest of the traffic: statistics of a mixed table mislead. */
let older: number;
let newer: number;
let session: number;

beforeAll(async () => {
  database = await createDatabase();
  await migrate(database.url);
  client = new Client({
    connectionString: database.url,
    options: SESSION_OPTIONS.replace('statement_timeout=5s', 'statement_timeout=60s'),
  });
  await client.connect();
  await client.query(
    `insert into users (public_id, email, name, search_name, password_hash, role) select 'u' || i, i || '@x', 'n', 'n', '', 'member' from generate_series(1, 50) i`,
  );
  await client.query(`insert into user_counters (user_id) select id from users`);
  await client.query(
    `insert into conversations (public_id, kind, seq, ver) select 'c' || i, 'group', $1 / 50, $1 / 50 from generate_series(1, 50) i`,
    [MESSAGES],
  );
  await client.query(
    `insert into members (conversation_id, user_id, joined_ver, from_seq, uver) select c.id, u.id, 0, 1, 0 from conversations c, users u`,
  );
  await client.query(
    `insert into messages (conversation_id, seq, ver, client_id, sender_id, body, created_at)
     select c.id, s, s, gen_random_uuid(), 1 + s % 50, repeat('x', 100), now() - make_interval(secs => (60 - c.id) * 100000 + $1 - s) from conversations c, generate_series(1, $1 / 50) s`,
    [MESSAGES],
  );
  await client.query(
    `insert into changes (conversation_id, ver, kind, tag, ref) select conversation_id, ver, 1, 1, seq from messages`,
  );
  const made = await client.query<{ id: number }>(
    `insert into sessions (public_id, user_id) values ('s', 1) returning id`,
  );
  session = made.rows[0]!.id;
  await client.query('vacuum analyze');
  const { rows } = await client.query<{ low: number; high: number }>(
    'select min(id)::int as low, max(id)::int as high from conversations',
  );
  older = rows[0]!.low;
  newer = rows[0]!.high;
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

async function planOf(text: string, values: unknown[]): Promise<string> {
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(
    `explain (analyze, buffers, costs off, timing off) ${text}`,
    values,
  );
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

const compiled = (query: SQL): { text: string; values: unknown[] } => {
  const { sql: text, params } = new PgDialect().sqlToQuery(query);
  return { text, values: params };
};

/** The rows that a plan reads at its widest step. */
const rowsRead = (plan: string): number =>
  Math.max(
    ...[...plan.matchAll(/actual rows=([\d.]+) loops=(\d+)/g)].map(([, rows, loops]) => Number(rows) * Number(loops)),
  );

describe('the hot queries stay on their index', () => {
  it.each([
    ['the newest page', () => pageOfMessages(1, newer, { pivot: 2_147_483_647, below: 51, above: 0 })],
    ['the newest page of an old conversation', () => pageOfMessages(1, older, { pivot: 9_999, below: 51, above: 0 })],
    ['a page in the middle', () => pageOfMessages(1, older, { pivot: 400, below: 51, above: 0 })],
    ['a page around a message', () => pageOfMessages(1, older, { pivot: 400, below: 25, above: 26 })],
    ['the oldest page', () => pageOfMessages(1, newer, { pivot: 1, below: 0, above: 51 })],
    ['a page after a seq', () => pageOfMessages(1, older, { pivot: 300, below: 0, above: 51 })],
  ])('%s reads its own rows by the primary key, without a sort', async (_, query) => {
    const { text, values } = compiled(query());
    const plan = await planOf(text, values);
    expect(plan).toContain('messages_conversation_id_seq_pk');
    expect(plan).not.toMatch(/Seq Scan on (messages|changes|members)|Sort|Bitmap/);
    expect(rowsRead(plan)).toBeLessThanOrEqual(51);
  });

  it('the changes after a cursor', async () => {
    const plan = await planOf(
      'select conversation_id, ver, kind, ref, tag from changes where conversation_id = $1 and ver > $2 and ver <= $3 order by ver',
      [older, 300, 500],
    );
    expect(plan).toContain('changes_conversation_id_ver_pk');
    expect(plan).not.toMatch(/Seq Scan|Sort/);
    expect(rowsRead(plan)).toBeLessThanOrEqual(200);
  });

  it('the idempotency lookup of a send, by the one index that makes it so', async () => {
    const plan = await planOf(
      'select seq from messages where conversation_id = $1 and sender_id = $2 and client_id = $3',
      [newer, 1, '00000000-0000-7000-8000-000000000000'],
    );
    expect(plan).toContain('messages_client_key');
    expect(plan).not.toContain('Seq Scan');
  });

  it('an unread count reads at most what it counts', async () => {
    const { rows } = await client.query<{ unread: number }>('select count_unread($1, 1, $2, $3) as unread', [
      newer,
      700,
      800,
    ]);
    expect(rows[0]!.unread).toBe(98);
    const many = await client.query<{ unread: number }>('select count_unread($1, 1, 0, 800) as unread', [newer]);
    expect(many.rows[0]!.unread).toBe(100);
  });

  /** What the lane's connection plans inside the database functions called by `work`. */
  async function plansOf(work: (lane: Client) => Promise<void>): Promise<string> {
    const lane = new Client({ connectionString: database.url, options: `${SESSION_OPTIONS} ${LANE_OPTIONS}` });
    await lane.connect();
    const plans: string[] = [];
    lane.on('notice', ({ message }) => plans.push(message ?? ''));
    await lane.query(`load 'auto_explain'`);
    await lane.query(
      `set auto_explain.log_min_duration = 0; set auto_explain.log_nested_statements = on; set client_min_messages = log`,
    );
    await work(lane);
    await lane.end();
    return plans.join('\n');
  }

  const scans = /Seq Scan on (members|sessions|messages|conversations|changes|commits)/;

  it('a send, alone or in a batch, scans no table, also with a plan made while the tables were small', async () => {
    const said = await plansOf(async (lane) => {
      await lane.query(`select * from send_message($1, 1, $2, gen_random_uuid(), 'x')`, [newer, session]);
      await lane.query(
        `select * from send_messages(array[$1, $2]::bigint[], array[1, 1], array[$3, $3]::bigint[], array[gen_random_uuid(), gen_random_uuid()], array['x', 'y'], false)`,
        [newer, older, session],
      );
    });
    expect(said).toContain('messages_client_key');
    expect(said).toContain('members_conversation_id_user_id_pk');
    expect(said).not.toMatch(scans);
  });

  it('an edit, a deletion and both ways to cancel scan no table', async () => {
    const { rows } = await client.query<{ seq: number; id: string }>(
      'select seq, client_id as id from messages where conversation_id = $1 and sender_id = 1 and body is not null order by seq limit 3',
      [older],
    );
    const [edited, deleted, cancelled] = rows;
    const outcomes: string[] = [];
    const said = await plansOf(async (lane) => {
      const ask = async (call: string, values: unknown[]): Promise<void> => {
        const answer = await lane.query<{ outcome: string }>(`select * from ${call}`, [older, session, ...values]);
        outcomes.push(answer.rows[0]!.outcome);
      };
      await ask(`edit_message($1, 1, $2, gen_random_uuid(), $3, $3, 'y')`, [edited!.seq]);
      await ask('delete_message($1, 1, $2, gen_random_uuid(), $3)', [deleted!.seq]);
      await ask('cancel_message($1, 1, $2, $3)', [cancelled!.id]);
      await ask('cancel_message($1, 1, $2, gen_random_uuid())', []);
    });
    expect(outcomes).toEqual(['stored', 'stored', 'stored', 'stored']);
    expect(said).toContain('changes_op_key');
    expect(said).toContain('messages_client_key');
    expect(said).not.toMatch(scans);
  });
});
