// Docs: docs/realtime-protocol.md, docs/decisions/0003-lock-then-number.md
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { users } from '../../identity/infrastructure/identity.tables.js';

const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });

/** The counters of a conversation, and nothing that changes for another reason: its row is rewritten with every message. */
export const conversations = pgTable('conversations', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  publicId: text('public_id').notNull().unique(),
  kind: text({ enum: ['direct', 'group'] }).notNull(),
  /** Number of the last message; 1..seq without gaps. */
  seq: integer().notNull().default(0),
  /** Number of the last change; 1..ver without gaps. */
  ver: integer().notNull().default(0),
  lastAt: timestamp('last_at', { withTimezone: true }).notNull().defaultNow(),
  /** The highest seq that some member may not see: changes at or below it go out as bare pointers. */
  hiddenBelow: integer('hidden_below').notNull().default(0),
});

/** A member's interval, read mark and own settings. Rows of those who left stay. */
export const members = pgTable(
  'members',
  {
    conversationId: bigint('conversation_id', { mode: 'number' })
      .notNull()
      .references(() => conversations.id),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    role: text({ enum: ['owner', 'admin', 'member'] })
      .notNull()
      .default('member'),
    joinedVer: integer('joined_ver').notNull(),
    /** The first seq this member may see. */
    fromSeq: integer('from_seq').notNull(),
    leftVer: integer('left_ver'),
    readRev: integer('read_rev').notNull().default(0),
    readSeq: integer('read_seq').notNull().default(0),
    deliveredSeq: integer('delivered_seq').notNull().default(0),
    level: text({ enum: ['all', 'mentions', 'nothing'] })
      .notNull()
      .default('all'),
    mutedUntil: timestamp('muted_until', { withTimezone: true }),
    pinned: boolean().notNull().default(false),
    archived: boolean().notNull().default(false),
    draft: text(),
    /** The user's own counter when this row last changed for them. */
    uver: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.conversationId, t.userId] }), index('members_user_uver_idx').on(t.userId, t.uver)],
);

/** What concerns one user over all conversations, numbered 1, 2, 3… */
export const userCounters = pgTable('user_counters', {
  userId: bigint('user_id', { mode: 'number' })
    .primaryKey()
    .references(() => users.id),
  uver: integer().notNull().default(0),
});

/** Kinds of change, as stored. `memberLeft` goes out as `member:changed`, after the user's sockets have left. */
export const changeKind = {
  messageCreated: 1,
  memberChanged: 2,
  memberLeft: 3,
  conversationChanged: 4,
  messageChanged: 5,
} as const;

/** Pointers at what changed, in the order of ver. The payload is read when it is needed, as it is then. No foreign keys: as `messages`. */
export const changes = pgTable(
  'changes',
  {
    conversationId: bigint('conversation_id', { mode: 'number' }).notNull(),
    ver: integer().notNull(),
    kind: smallint().notNull(),
    /** 32 random bits: with ver a cursor that a restored backup cannot forge. */
    tag: integer().notNull(),
    /** A seq, or a user's id, by kind. Four bytes, for there is one of these per message. */
    ref: integer().notNull(),
    /** Of commands other than a message, whose own row keeps both. */
    actorId: bigint('actor_id', { mode: 'number' }),
    opId: uuid('op_id'),
  },
  (t) => [
    primaryKey({ columns: [t.conversationId, t.ver] }),
    uniqueIndex('changes_op_key')
      .on(t.conversationId, t.actorId, t.opId)
      .where(sql`${t.opId} is not null`),
  ],
);

/** One row per commit: what every node has to look at. Read in (xid, id) order, trimmed after an hour, left out of dumps. */
export const commits = pgTable(
  'commits',
  {
    id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
    xid: xid8()
      .notNull()
      .default(sql`pg_current_xact_id()`),
    conversationIds: bigint('conversation_ids', { mode: 'number' })
      .array()
      .notNull()
      .default(sql`'{}'`),
    vers: integer()
      .array()
      .notNull()
      .default(sql`'{}'`),
    userIds: bigint('user_ids', { mode: 'number' })
      .array()
      .notNull()
      .default(sql`'{}'`),
    uvers: integer()
      .array()
      .notNull()
      .default(sql`'{}'`),
    at: timestamp({ withTimezone: true })
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (t) => [primaryKey({ columns: [t.xid, t.id] })],
);

/** The life of this database as one cluster saw it: a restored copy begins another, and every client starts anew. */
export const epochs = pgTable('epochs', {
  id: uuid().primaryKey(),
  systemIdentifier: text('system_identifier').notNull(),
  timeline: integer().notNull(),
  startedAt: timestamp('started_at', { withTimezone: true }).notNull().defaultNow(),
});
