import { z } from 'zod';

/**
 * A recorded history: what clients did and were told, what was done to the system, and what the database held at the end.
 * One entry per line. `t` is in microseconds by the monotonic clock of the recording process, the moment of the thing
 * itself. docs/realtime-protocol.md, "Recorded histories", says what each entry means.
 */
const t = z.number().optional();
const id = z.string();
const op = z.string();
const count = z.number();
/** As it is stored: trimmed. A digest will do, if the whole history has the same one. */
const body = z.string();
const mark = z.object({ rev: count, seq: count });

/** A connection begins: `client` acts for `user` under `session` from now on. */
const Connect = z.object({ type: z.literal('connect'), t, client: id, user: id, session: id });

/** The client learns the epoch: what it held of another one is forgotten. */
const Epoch = z.object({ type: z.literal('epoch'), t, client: id, epoch: z.string() });

/** The client forgets what it held of the conversation and loads it anew. */
const Reset = z.object({ type: z.literal('reset'), t, client: id, conversation: id });

const invoke = { type: z.literal('invoke'), t, op, client: id, user: id };
const inConversation = { ...invoke, conversation: id };

/** A client begins a command. Retries of one op are one invoke. */
const Invoke = z.discriminatedUnion('command', [
  z.object({ ...inConversation, command: z.literal('message:send'), body }),
  /** `base`: the ver of the message that it was written over. */
  z.object({ ...inConversation, command: z.literal('message:edit'), seq: count, body, base: count.optional() }),
  z.object({ ...inConversation, command: z.literal('message:delete'), seq: count }),
  z.object({ ...inConversation, command: z.literal('message:cancel'), message: op }),
  z.object({ ...inConversation, command: z.literal('read:mark'), ...mark.shape }),
  z.object({ ...inConversation, command: z.literal('member:add'), users: z.array(id) }),
  z.object({ ...inConversation, command: z.literal('member:remove'), users: z.array(id) }),
  z.object({ ...inConversation, command: z.literal('member:leave') }),
  z.object({ ...inConversation, command: z.literal('conversation:rename') }),
  /** `boundMs`: how long the session may still be served afterwards. */
  z.object({ ...invoke, command: z.literal('session:end'), session: id, boundMs: count }),
]);

const complete = { type: z.literal('complete'), t, op, client: id };

/** A command is answered. A resend of an op that was answered adds one more. */
const Complete = z.discriminatedUnion('outcome', [
  z.object({
    ...complete,
    outcome: z.literal('stored'),
    seq: count.optional(),
    ver: count.optional(),
    mark: mark.optional(),
  }),
  /** For good: it was not stored and will not be. */
  z.object({ ...complete, outcome: z.literal('refused'), code: z.string() }),
  /** Given up without knowing, or refused in a way that a resend may mend (`session_ended`, `internal`). */
  z.object({ ...complete, outcome: z.literal('unknown'), code: z.string() }),
]);

/** A message as a client is told it. `ver` is its own, not that of the change that carries it. */
const Told = z.object({
  seq: count,
  ver: count,
  op,
  sender: id.nullable(),
  body,
  deleted: z.boolean(),
});

/**
 * A client took a change (`live`, `sync`) or a message of a history page (`page`; `ver` is the message's own). `client` is
 * one cursor: a tab, or a single connection of one that keeps no cursor. What its cursor made it ignore is not recorded.
 */
const Receive = z.object({
  type: z.literal('receive'),
  t,
  client: id,
  user: id,
  conversation: id,
  ver: count,
  kind: z.string(),
  via: z.enum(['live', 'sync', 'page']),
  message: Told.nullable(),
});

/** The client's cursor now; without a conversation: of what concerns the user (`uver`). */
const Cursor = z.object({ type: z.literal('cursor'), t, client: id, conversation: id.nullable(), ver: count });

/** The client's own read mark of a conversation now. */
const Mark = z.object({ type: z.literal('mark'), t, client: id, user: id, conversation: id, ...mark.shape });

/** The client showed a hole before `seq` for so long. */
const Hole = z.object({ type: z.literal('hole'), t, client: id, conversation: id, seq: count, shownMs: count });

/** `client` sees whether another person is there; null: unknown. */
const Presence = z.object({ type: z.literal('presence'), t, client: id, user: id, online: z.boolean().nullable() });

/** The last connection of the user died without a word. */
const Gone = z.object({ type: z.literal('gone'), t, user: id });

/** Something was done to the system. */
const Fault = z.object({ type: z.literal('fault'), t, what: z.string() });

/** What a client holds of a conversation after the run (`client`), and what the server then answers it afresh (`server`). */
const State = z.object({
  type: z.literal('state'),
  t,
  source: z.enum(['client', 'server']),
  client: id,
  user: id,
  conversation: id,
  /** Ascending, without holes, up to the newest. */
  messages: z.array(Told),
  /** There are older ones that are not held. */
  hasOlder: z.boolean(),
  cursor: count,
  unread: count,
  mark,
  name: z.string().nullable(),
  /** Null: not loaded. */
  members: z.array(z.object({ user: id, role: z.string(), left: z.boolean() })).nullable(),
});

/** A row of messages, found in the database after the run. `at`: milliseconds since 1970. */
const Row = z.object({ type: z.literal('row'), t, conversation: id, ...Told.shape, at: count });

/** A row of the change log. `user`: whom it is about, in a change of a member. */
const LoggedChange = z.object({
  type: z.literal('change'),
  t,
  conversation: id,
  ver: count,
  kind: z.enum(['message', 'member', 'left', 'conversation', 'other']),
  user: id.nullable(),
});

/** A row of members. */
const MemberRow = z.object({
  type: z.literal('member'),
  t,
  conversation: id,
  user: id,
  joinedVer: count,
  leftVer: count.nullable(),
  fromSeq: count,
  readRev: count,
  readSeq: count,
});

/** The counters of a conversation. `floor`: the change log may begin after this ver. */
const Counters = z.object({ type: z.literal('counters'), t, conversation: id, seq: count, ver: count, floor: count });

export const HistoryEntry = z.discriminatedUnion('type', [
  Connect,
  Epoch,
  Reset,
  Invoke,
  Complete,
  Receive,
  Cursor,
  Mark,
  Hole,
  Presence,
  Gone,
  Fault,
  State,
  Row,
  LoggedChange,
  MemberRow,
  Counters,
]);

/** As it is handed to the recorder: without `t` it happened just now. */
export type HistoryEntry = z.infer<typeof HistoryEntry>;
export type ToldMessage = z.infer<typeof Told>;

type Timed<E> = E extends unknown ? Omit<E, 't'> & { t: number } : never;
export type RecordedEntry = Timed<HistoryEntry>;
export type EntryOf<T extends RecordedEntry['type']> = Extract<RecordedEntry, { type: T }>;
export type InvokeOf<C extends EntryOf<'invoke'>['command']> = Extract<EntryOf<'invoke'>, { command: C }>;
