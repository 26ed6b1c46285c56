import { sql } from 'drizzle-orm';
import { bigint, integer, pgTable, text, timestamp, uniqueIndex, index } from 'drizzle-orm/pg-core';

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
  },
  (t) => [index('sessions_user_idx').on(t.userId)],
);
