import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

export const users = pgTable(
  'users',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    publicId: text('public_id').notNull().unique(),
    /** As typed; looked up by its lower-case form. */
    email: text().notNull(),
    name: text().notNull(),
    /** The name without accents and case, for search. */
    searchName: text('search_name').notNull(),
    passwordHash: text('password_hash').notNull(),
    role: text({ enum: ['owner', 'admin', 'member'] }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    /** Null: nobody has shown yet that the address is theirs. */
    emailVerifiedAt: timestamp('email_verified_at', { withTimezone: true }),
    suspendedAt: timestamp('suspended_at', { withTimezone: true }),
  },
  (t) => [
    uniqueIndex('users_email_key').on(sql`lower(${t.email})`),
    // One owner: two first registrations at once cannot both own the server.
    uniqueIndex('users_owner_key')
      .on(t.role)
      .where(sql`${t.role} = 'owner'`),
    index('users_search_name_idx').on(t.searchName),
  ],
);

/** A log-in on one device. Its refresh token is an HMAC over (session, generation), so only the number is stored. */
export const sessions = pgTable(
  'sessions',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    publicId: text('public_id').notNull().unique(),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    generation: integer().notNull().default(1),
    rotatedAt: timestamp('rotated_at', { withTimezone: true }).notNull().defaultNow(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    lastSeenAt: timestamp('last_seen_at', { withTimezone: true }).notNull().defaultNow(),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
    userAgent: text('user_agent').notNull().default(''),
    address: text().notNull().default(''),
    /** Hash of the cookie by which a browser is known again; empty: it brought none. */
    deviceHash: text('device_hash').notNull().default(''),
  },
  (t) => [index('sessions_user_idx').on(t.userId)],
);

/** One row: what the owner decides about the server as a whole. */
export const serverSettings = pgTable(
  'server_settings',
  {
    id: boolean().primaryKey().default(true),
    registration: text({ enum: ['open', 'invite', 'closed'] })
      .notNull()
      .default('open'),
  },
  (t) => [check('server_settings_one', sql`${t.id}`)],
);

/** A link that lets people register. Only the hash of its token is here. */
export const invites = pgTable(
  'invites',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    publicId: text('public_id').notNull().unique(),
    tokenHash: text('token_hash').notNull().unique(),
    createdBy: bigint('created_by', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    maxUses: integer('max_uses').notNull(),
    uses: integer().notNull().default(0),
    revokedAt: timestamp('revoked_at', { withTimezone: true }),
  },
  (t) => [check('invites_uses', sql`${t.uses} <= ${t.maxUses}`)],
);

/** A link for one person, of one use: to choose a new password, to show that an address is theirs. Hashed as above. */
export const accountLinks = pgTable(
  'account_links',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    tokenHash: text('token_hash').notNull().unique(),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    purpose: text({ enum: ['recovery', 'email'] }).notNull(),
    /** Of `email`: the address that is shown to be theirs. */
    email: text(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    usedAt: timestamp('used_at', { withTimezone: true }),
  },
  (t) => [index('account_links_user_idx').on(t.userId)],
);

/** What a person is told about their own account, until they have seen it. */
export const accountNotices = pgTable(
  'account_notices',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    publicId: text('public_id').notNull().unique(),
    userId: bigint('user_id', { mode: 'number' })
      .notNull()
      .references(() => users.id),
    kind: text({ enum: ['new_device', 'password_changed', 'session_reused'] }).notNull(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    data: jsonb().$type<Record<string, string>>().notNull().default({}),
    seenAt: timestamp('seen_at', { withTimezone: true }),
  },
  (t) => [index('account_notices_user_idx').on(t.userId, t.id)],
);

/**
 * Who did what to whom. Only grows; never holds a token, a body or a password. No foreign keys: it outlives what it names.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    action: text().notNull(),
    /** Null: nobody was logged in. */
    actorId: bigint('actor_id', { mode: 'number' }),
    /** The person it was done to, if another or one's own account. */
    subjectId: bigint('subject_id', { mode: 'number' }),
    address: text().notNull().default(''),
    data: jsonb().$type<Record<string, string | number>>().notNull().default({}),
  },
  (t) => [index('audit_log_action_idx').on(t.action, t.id), index('audit_log_subject_idx').on(t.subjectId, t.id)],
);
