import { sql } from 'drizzle-orm';
import { CommitPoll } from '../../apps/server/dist/conversation-log/infrastructure/commit-poll.js';

const { onApplicationBootstrap } = CommitPoll.prototype;

/** Only rows below the oldest running transaction are read, wherever on the server that one runs. */
CommitPoll.prototype.onApplicationBootstrap = function bootstrapFenced() {
  const execute = async ({ cursor }) =>
    (
      await this.database.lane.execute(sql`
        select s.xmin::text, (select e.id::text from epochs e order by e.started_at desc limit 1) as epoch,
               c.conversation_ids as "conversationIds", c.vers, c.user_ids as "userIds", c.uvers
          from (select pg_snapshot_xmin(pg_current_snapshot()) as xmin) s
          left join commits c on c.xid >= coalesce(${cursor}::xid8, s.xmin) and c.xid < s.xmin`)
    ).rows;
  Object.defineProperty(this, 'query', { value: { execute } });
  onApplicationBootstrap.call(this);
};
