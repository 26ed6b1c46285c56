import { sql, type SQL } from 'drizzle-orm';
import { messageColumns } from './stored-messages.js';

/** How many messages of a conversation: below `pivot`, and from it on. */
export interface Span {
  pivot: number;
  below: number;
  above: number;
}

/**
 * A page and its reader's standing in one snapshot: nothing stored after a removal reaches the removed, however long the
 * answer takes. Keyset on the primary key (conversation, seq), both ways: the oldest page costs what the newest costs.
 * The plan is held by test/plans.test.ts. No row: not a member. The order is open.
 */
export const pageOfMessages = (user: number, conversation: number, { pivot, below, above }: Span): SQL => sql`
  with me as (
    select m.from_seq, c.ver, coalesce(t.tag, 0) as tag from members m join conversations c on c.id = m.conversation_id
    left join changes t on t.conversation_id = c.id and t.ver = c.ver
    where m.conversation_id = ${conversation} and m.user_id = ${user} and m.left_ver is null)
  select me.from_seq as "fromSeq", me.ver as "lastVer", me.tag as "lastTag", page.* from me left join lateral (
    (select ${messageColumns} from messages m
      where m.conversation_id = ${conversation} and m.seq >= me.from_seq and m.seq < ${pivot}
      order by m.seq desc limit ${below})
    union all
    (select ${messageColumns} from messages m
      where m.conversation_id = ${conversation} and m.seq >= me.from_seq and m.seq >= ${pivot}
      order by m.seq limit ${above})) page on true`;
