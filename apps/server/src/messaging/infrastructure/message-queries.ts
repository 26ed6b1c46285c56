import { sql, type SQL } from 'drizzle-orm';
import { messageColumns } from './stored-messages.js';

/** Keyset on the primary key (conversation, seq), both ways: the oldest page costs what the newest costs. Their plans are held by test/plans.test.ts. */
export const olderMessages = (conversation: number, fromSeq: number, before: number | null, limit: number): SQL => sql`
  select ${messageColumns} from messages m
  where m.conversation_id = ${conversation} and m.seq >= ${fromSeq} and m.seq < ${before ?? 2_147_483_647}
  order by m.seq desc limit ${limit}`;

export const newerMessages = (conversation: number, fromSeq: number, limit: number): SQL => sql`
  select ${messageColumns} from messages m
  where m.conversation_id = ${conversation} and m.seq >= ${fromSeq}
  order by m.seq limit ${limit}`;
