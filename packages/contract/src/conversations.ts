import { z } from 'zod';
import { command } from './command.js';
import { Id, nameOf, OpId, Seq, Time, Ver } from './ids.js';
import { Person } from './identity.js';
import { limits } from './limits.js';

export const ConversationKind = z.enum(['direct', 'group']);
export type ConversationKind = z.infer<typeof ConversationKind>;

export const MemberRole = z.enum(['owner', 'admin', 'member']);
export type MemberRole = z.infer<typeof MemberRole>;

/** A member as the others see them. Those who left stay, so that what they wrote keeps a name. */
export const Member = z.object({ person: Person, role: MemberRole, left: z.boolean() });
export type Member = z.infer<typeof Member>;

/**
 * One's own standing in a conversation. The read mark is the pair (readRev, readSeq): forward within a rev; "mark unread"
 * begins a new rev. `uver` numbers what concerns the user, over all conversations.
 */
export const Membership = z.object({
  role: MemberRole,
  fromSeq: Seq,
  joinedVer: Ver,
  readRev: z.int(),
  readSeq: Seq,
  uver: Ver,
  left: z.boolean(),
});
export type Membership = z.infer<typeof Membership>;

/** What a system message tells. An unknown type is shown as a neutral line. */
export const SystemEvent = z.object({
  type: z.enum(['group_created', 'members_added', 'member_removed', 'member_left', 'group_renamed']),
  actor: Id,
  people: z.array(Id).optional(),
  name: z.string().optional(),
});
export type SystemEvent = z.infer<typeof SystemEvent>;

/** The last words of a conversation, at most 200 characters. */
export const Preview = z.object({
  seq: Seq,
  sender: Id.nullable(),
  senderName: z.string().nullable(),
  text: z.string(),
  system: SystemEvent.optional(),
});
export type Preview = z.infer<typeof Preview>;

/**
 * A conversation in the list. (ver, tag) is a cursor of sync. `unread` counts others' messages after the read mark as of
 * message `seq`; 100 means "more than 99". Messages after `seq` are counted by the client as they arrive.
 */
export const ConversationRow = z.object({
  id: Id,
  kind: ConversationKind,
  /** A group's name; null in a direct conversation. */
  name: z.string().nullable(),
  /** The other person of a direct conversation, oneself in one's notes; null in a group. */
  peer: Person.nullable(),
  memberCount: z.int(),
  seq: Seq,
  ver: Ver,
  tag: z.int(),
  at: Time,
  preview: Preview.nullable(),
  unread: z.int().min(0).max(limits.unreadCap),
  me: Membership,
});
export type ConversationRow = z.infer<typeof ConversationRow>;

const sessionErrors = ['unauthenticated', 'token_expired', 'session_ended'] as const;
const groupErrors = [...sessionErrors, 'conversation_not_found', 'not_allowed'] as const;

/** `before` is `next` of the page before. */
export const listConversations = command({
  name: 'listConversations',
  summary: "One's conversations, those with the latest activity first.",
  http: 'GET /api/conversations',
  access: 'user',
  input: z.strictObject({
    before: z.string().max(64).optional(),
    limit: z.coerce.number().int().min(1).max(limits.page).default(50),
  }),
  output: z.object({ rows: z.array(ConversationRow), next: z.string().nullable(), uver: Ver, epoch: z.string() }),
  errors: sessionErrors,
});

export const getConversation = command({
  name: 'getConversation',
  summary: 'One conversation with its members, those who left included.',
  http: 'GET /api/conversations/:conversation',
  access: 'user',
  input: z.strictObject({ conversation: Id }),
  output: z.object({ row: ConversationRow, members: z.array(Member) }),
  errors: [...sessionErrors, 'conversation_not_found'],
});

export const startDirect = command({
  name: 'startDirect',
  summary:
    'The direct conversation with a person, or with oneself (notes); made when there is none. One per pair, however often it is started.',
  http: 'POST /api/conversations/direct',
  access: 'user',
  input: z.strictObject({ user: Id }),
  output: z.object({ row: ConversationRow }),
  errors: [...sessionErrors, 'person_not_found'],
});

export const createGroup = command({
  name: 'createGroup',
  summary: 'Make a group with a name and members. The same op id gives the same group.',
  http: 'POST /api/conversations/groups',
  access: 'user',
  input: z.strictObject({ op: OpId, name: nameOf(limits.groupName), users: z.array(Id).max(limits.membersPerCommand) }),
  output: z.object({ row: ConversationRow }),
  errors: [...sessionErrors, 'person_not_found'],
});

const Changed = z.object({
  ver: Ver.describe('The last change this command made, or had made when it was first sent'),
});

export const addMembers = command({
  name: 'addMembers',
  summary: 'Add people to a group. Those who are in already stay as they are.',
  http: 'POST /api/conversations/:conversation/add-members',
  access: 'user',
  input: z.strictObject({ conversation: Id, op: OpId, users: z.array(Id).min(1).max(limits.membersPerCommand) }),
  output: Changed,
  errors: [...groupErrors, 'person_not_found'],
});

export const removeMember = command({
  name: 'removeMember',
  summary: 'Remove a person from a group. Nothing written after it reaches them.',
  http: 'POST /api/conversations/:conversation/remove-member',
  access: 'user',
  input: z.strictObject({ conversation: Id, op: OpId, user: Id }),
  output: Changed,
  errors: [...groupErrors, 'person_not_found'],
});

export const leaveGroup = command({
  name: 'leaveGroup',
  summary: 'Leave a group. The last to leave closes it.',
  http: 'POST /api/conversations/:conversation/leave',
  access: 'user',
  input: z.strictObject({ conversation: Id, op: OpId }),
  output: Changed,
  errors: groupErrors,
});

export const renameGroup = command({
  name: 'renameGroup',
  summary: 'Give a group another name.',
  http: 'POST /api/conversations/:conversation/rename',
  access: 'user',
  input: z.strictObject({ conversation: Id, op: OpId, name: nameOf(limits.groupName) }),
  output: Changed,
  errors: groupErrors,
});

export const markRead = command({
  name: 'markRead',
  summary:
    "Move one's read mark. Forward within a rev; rev + 1 sets it anywhere (mark unread); an older rev changes nothing.",
  http: 'POST /api/conversations/:conversation/read',
  event: 'read:mark',
  access: 'user',
  input: z.strictObject({ conversation: Id, rev: z.int().min(0), seq: Seq }),
  output: z.object({ readRev: z.int(), readSeq: Seq, unread: z.int(), uver: Ver }),
  errors: [...sessionErrors, 'conversation_not_found'],
});
