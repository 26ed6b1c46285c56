import { z } from 'zod';
import { command } from './command.js';
import { SystemEvent } from './conversations.js';
import { Id, isStorableText, OpId, Seq, Time, Ver } from './ids.js';
import { Person } from './identity.js';
import { limits } from './limits.js';

/**
 * A message is (conversation, seq). `ver` is its last change: a payload with a ver not above the one held is ignored.
 * A deleted message keeps its place and its id; its body is empty.
 */
export const Message = z.object({
  seq: Seq,
  ver: Ver,
  id: OpId,
  sender: Id.nullable().describe('null: a system message'),
  body: z.string(),
  at: Time,
  system: SystemEvent.optional(),
  editedAt: Time.optional().describe('When its sender last changed the body'),
  deleted: z.literal(true).optional(),
  cancelled: z
    .literal(true)
    .optional()
    .describe('With `deleted`: its sender cancelled it before it was stored. A place that is never shown'),
});
export type Message = z.infer<typeof Message>;

const sessionErrors = ['unauthenticated', 'token_expired', 'session_ended'] as const;
const ownMessageErrors = [...sessionErrors, 'conversation_not_found', 'message_not_found', 'not_allowed'] as const;

const body = z.string().refine(isStorableText, 'must be text without NUL and lone surrogates');

export const sendMessage = command({
  name: 'sendMessage',
  summary:
    'Store a message and deliver it. Answered only after the commit. The same id answers the same seq, for ever.',
  http: 'POST /api/messages',
  event: 'message:send',
  access: 'user',
  input: z
    .strictObject({
      conversation: Id.optional(),
      to: Id.optional().describe('A person instead of a conversation: the direct conversation is made if need be'),
      id: OpId,
      body,
    })
    .refine(
      (input) => (input.conversation === undefined) !== (input.to === undefined),
      'give either conversation or to',
    ),
  output: z.object({ conversation: Id, seq: Seq, ver: Ver, at: Time }),
  errors: [...sessionErrors, 'conversation_not_found', 'person_not_found', 'message_empty', 'message_too_long'],
});

/** Of a message by its seq: which database gave the seq. A socket needs it less, for it is closed when the epoch ends. */
const epoch = z.string().max(64).optional().describe('The epoch in which `seq` was learned; refused in another');

const Changed = z.object({
  ver: Ver.describe('The change this command made, or had made when it was first sent'),
});

export const editMessage = command({
  name: 'editMessage',
  summary: "Give one's own message another body. Refused as stale when the message has changed since `base`.",
  http: 'POST /api/conversations/:conversation/edit-message',
  event: 'message:edit',
  access: 'user',
  input: z.strictObject({
    conversation: Id,
    op: OpId,
    seq: Seq,
    epoch,
    body,
    base: Ver.describe("The message's ver that the new body was written over"),
  }),
  output: Changed,
  errors: [...ownMessageErrors, 'message_empty', 'message_too_long', 'stale', 'message_deleted', 'epoch_changed'],
});

export const deleteMessage = command({
  name: 'deleteMessage',
  summary:
    "Delete one's own message, for everybody and for ever. Its place and its id stay, so a late resend finds it.",
  http: 'POST /api/conversations/:conversation/delete-message',
  event: 'message:delete',
  access: 'user',
  input: z.strictObject({ conversation: Id, op: OpId, seq: Seq, epoch }),
  output: Changed,
  errors: [...ownMessageErrors, 'epoch_changed'],
});

export const cancelMessage = command({
  name: 'cancelMessage',
  summary:
    'Take back a send whose outcome is unknown: deleted if it was stored; else its id is reserved, so that it never appears.',
  http: 'POST /api/conversations/:conversation/cancel-message',
  event: 'message:cancel',
  access: 'user',
  input: z.strictObject({ conversation: Id, id: OpId.describe('The id of the send') }),
  output: z.object({ seq: Seq, ver: Ver }),
  errors: [...sessionErrors, 'conversation_not_found'],
});

export const findOwnMessage = command({
  name: 'findOwnMessage',
  summary: "Where one's own message stands, by its id: after the epoch changed, the numbers known before mean nothing.",
  http: 'GET /api/conversations/:conversation/own-messages/:id',
  access: 'user',
  input: z.strictObject({ conversation: Id, id: OpId.describe('The id it was sent with') }),
  output: z.object({ seq: Seq, ver: Ver.describe('Its last change') }),
  errors: [...sessionErrors, 'conversation_not_found', 'message_not_found'],
});

/**
 * A page of history, oldest first. One of `before`, `after`, `around` (a seq; `around` is in the page); none: the newest.
 * (ver, tag) is the conversation's cursor at the moment of reading.
 */
export const getMessages = command({
  name: 'getMessages',
  summary: 'A page of a conversation, by keyset.',
  http: 'GET /api/conversations/:conversation/messages',
  access: 'user',
  input: z
    .strictObject({
      conversation: Id,
      before: z.coerce.number().pipe(Seq).optional(),
      after: z.coerce.number().pipe(Seq).optional(),
      around: z.coerce.number().pipe(Seq).optional(),
      limit: z.coerce.number().int().min(1).max(limits.page).default(50),
    })
    .refine(
      (input) => [input.before, input.after, input.around].filter((seq) => seq !== undefined).length <= 1,
      'give at most one of before, after and around',
    ),
  output: z.object({
    messages: z.array(Message),
    people: z.array(Person).describe('Everybody named in the page'),
    hasOlder: z.boolean(),
    hasNewer: z.boolean(),
    ver: Ver,
    tag: z.int(),
  }),
  errors: [...sessionErrors, 'conversation_not_found'],
});
