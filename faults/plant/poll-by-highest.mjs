import { sql } from 'drizzle-orm';
import { CommitPoll } from '../../apps/server/dist/conversation-log/infrastructure/commit-poll.js';

const { poll } = CommitPoll.prototype;

/** The cursor goes to the highest transaction seen, over those that were given an id before and commit later. */
CommitPoll.prototype.poll = async function pollAndJump(rows, asked) {
  await poll.call(this, rows, asked);
  const { rows: latest } = await this.database.db.execute(
    sql`select coalesce(max(xid::text::bigint), 0) as xid from commits`,
  );
  const after = BigInt(latest[0].xid) + 1n;
  if (after > this.cursor) this.cursor = after;
};
