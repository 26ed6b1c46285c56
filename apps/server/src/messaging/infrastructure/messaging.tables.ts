import { bigint, integer, jsonb, pgTable, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import type { StoredSystemEvent } from '../../conversations/public.js';

/**
 * No foreign keys: send_messages() writes here under the lock of the conversation and after reading the member row, so
 * they cannot fail, and a share lock on the sender's user row per message costs a tenth of the send.
 *
 * A deleted message keeps its row, its seq and its client id, so that a late resend still finds it; only the body goes.
 */
export const messages = pgTable(
  'messages',
  {
    conversationId: bigint('conversation_id', { mode: 'number' }).notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    /** Null: a system message. */
    senderId: bigint('sender_id', { mode: 'number' }),
    seq: integer().notNull(),
    /** The last change of this message. */
    ver: integer().notNull(),
    clientId: uuid('client_id').notNull(),
    body: text(),
    system: jsonb().$type<StoredSystemEvent>(),
    editedAt: timestamp('edited_at', { withTimezone: true }),
    /** Equal to `created_at`: cancelled before it was stored. The row only keeps its client id from being used. */
    deletedAt: timestamp('deleted_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.conversationId, t.seq] }),
    // The key of idempotency, for ever: a retry after a week finds the first attempt.
    unique('messages_client_key').on(t.conversationId, t.senderId, t.clientId),
  ],
);
