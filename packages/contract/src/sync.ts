import { z } from 'zod';
import { command } from './command.js';
import { ConversationRow, Member } from './conversations.js';
import { Id, Ver } from './ids.js';
import { Person } from './identity.js';
import { limits } from './limits.js';
import { Message } from './messaging.js';

const pointer = { conversation: Id, ver: Ver, tag: z.int() };

/**
 * One durable change of a conversation, as the socket event `change` and in the answer of sync. It points at a thing and
 * carries that thing's *current* state, so a client sets and never adds. `people` names whoever the reader may not know yet.
 * An unknown kind moves the cursor and asks for the conversation anew: newer servers may add kinds.
 */
export const Change = z.discriminatedUnion('kind', [
  z.object({ ...pointer, kind: z.literal('message:created'), message: Message, people: z.array(Person).optional() }),
  z.object({ ...pointer, kind: z.literal('message:changed'), message: Message }),
  z.object({ ...pointer, kind: z.literal('member:changed'), member: Member }),
  z.object({ ...pointer, kind: z.literal('conversation:changed'), name: z.string().nullable() }),
]);
export type Change = z.infer<typeof Change>;

/** Something that concerns this user alone (joined, left, own read mark): the row as it is now. Also a socket event. */
export const UserChanged = z.object({ uver: Ver, row: ConversationRow });
export type UserChanged = z.infer<typeof UserChanged>;

export const ConversationDelta = z.object({
  conversation: Id,
  /** Set when the cursor cannot be carried on (wrong tag, too old, rejoined): forget the conversation, load it anew. */
  reset: z.boolean(),
  changes: z.array(Change),
  /** The cursor after these changes. */
  ver: Ver,
  tag: z.int(),
  more: z.boolean(),
});
export type ConversationDelta = z.infer<typeof ConversationDelta>;

export const sync = command({
  name: 'sync',
  summary:
    'Everything since the given cursors, bounded. `more` anywhere: ask again. A conversation without news is left out.',
  http: 'POST /api/sync',
  access: 'user',
  input: z.strictObject({
    epoch: z.string().max(64).nullable().describe('null at the first sync'),
    uver: Ver,
    cursors: z.array(z.strictObject({ conversation: Id, ver: Ver, tag: z.int() })).max(limits.syncCursors),
  }),
  output: z.object({
    epoch: z.string(),
    /** The epoch is another: forget every cursor and what was read, keep the outbox. */
    reset: z.boolean(),
    uver: Ver,
    /** Rows of conversations in which something of one's own changed since `uver`, those one left included. */
    rows: z.array(ConversationRow),
    moreRows: z.boolean(),
    conversations: z.array(ConversationDelta),
    /** Cursors of conversations one is not a member of: nothing to be had from them. */
    gone: z.array(Id),
  }),
  errors: ['unauthenticated', 'token_expired', 'session_ended'],
});
