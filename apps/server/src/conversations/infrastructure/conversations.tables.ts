import { bigint, check, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { conversations } from '../../conversation-log/infrastructure/conversation-log.tables.js';
import { users } from '../../identity/infrastructure/identity.tables.js';

/** One conversation per pair, whoever starts it; low = high is one's notes. */
export const directs = pgTable(
  'directs',
  {
    conversationId: bigint('conversation_id', { mode: 'number' })
      .primaryKey()
      .references(() => conversations.id),
    lowUserId: bigint('low_user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    highUserId: bigint('high_user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
  },
  (t) => [
    unique('directs_pair_key').on(t.lowUserId, t.highUserId),
    check('directs_pair_order', sql`${t.lowUserId} <= ${t.highUserId}`),
  ],
);

export const groups = pgTable(
  'groups',
  {
    conversationId: bigint('conversation_id', { mode: 'number' })
      .primaryKey()
      .references(() => conversations.id),
    name: text().notNull(),
    creatorId: bigint('creator_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    opId: uuid('op_id').notNull(),
    /** What a new member may see of what was written before. */
    historyPolicy: text('history_policy', { enum: ['all', 'from_now'] })
      .notNull()
      .default('all'),
    closedAt: timestamp('closed_at', { withTimezone: true }),
  },
  (t) => [unique('groups_op_key').on(t.creatorId, t.opId)],
);
