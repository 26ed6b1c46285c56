import type {
  ConversationRow,
  ErrorCode,
  Id,
  Me,
  Member,
  Message,
  Notice,
  Person,
  PresenceState,
  RegistrationPolicy,
  SessionInfo,
  WireError,
} from '@tertulia/contract';
import type { Call } from './wire/routes.js';

/** A refusal of the server, or of the client itself, as an exception of every method that waits for an answer. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    readonly code: ErrorCode | 'offline',
    message: string,
    readonly data: Record<string, unknown> = {},
  ) {
    super(message);
  }

  static from(error: WireError): CommandError {
    return new CommandError(error.code, error.message, error.data);
  }
}

export type SessionState =
  | { status: 'restoring' }
  | { status: 'signed-out'; /** Set when a session ended without being asked to. */ reason?: 'session_ended' }
  | { status: 'signed-in'; user: Me };

/**
 * `offline`: no network, or the server cannot be reached. `connecting` covers the first try and every later one.
 * `outdated`: the server speaks a newer protocol; only a reload helps, the outbox is kept.
 */
export type ConnectionState = 'idle' | 'connecting' | 'online' | 'offline' | 'outdated';

/** A message of mine that is not in the stream yet. `failed` is final until the person retries or deletes it. */
export interface PendingMessage {
  id: string;
  conversation: Id;
  body: string;
  /** The client's clock, milliseconds. */
  at: number;
  state: 'queued' | 'sending' | 'failed';
  error?: ErrorCode;
}

/**
 * An edit (`body`) or a deletion (null) of a message of mine that has its place, on its way: show it over the message. Of
 * several for one seq the last counts. A `failed` one keeps its text until it is retried (over the message as it is then)
 * or discarded; `error` is `stale` when another device of mine was faster.
 */
export interface ChangingMessage {
  id: string;
  seq: number;
  body: string | null;
  state: PendingMessage['state'];
  error?: ErrorCode;
}

/** The part of an open conversation held in memory: one range of messages without holes, ascending by seq. */
export interface Timeline {
  conversation: Id;
  status: 'loading' | 'ready' | 'not-found' | 'unavailable';
  messages: readonly Message[];
  hasOlder: boolean;
  hasNewer: boolean;
  /** In the order they were written; shown after the messages, and only when `hasNewer` is false. */
  pending: readonly PendingMessage[];
  /** Edits and deletions on their way, in the order they were asked for. */
  changing: readonly ChangingMessage[];
}

/** What the person sees in the list: the server's row, `unread` kept up to date by what arrived since. */
export interface ConversationView extends ConversationRow {
  draft: string;
  /** The last of my messages that is still pending here, for the preview. */
  pending: PendingMessage | null;
}

/** Everything the engine tells its listener. Each event carries whole state, never a difference: the listener sets. */
export type ClientEvent =
  | { type: 'session'; session: SessionState }
  | { type: 'connection'; state: ConnectionState }
  | { type: 'conversations'; rows: readonly ConversationView[]; status: 'loading' | 'ready'; hasMore: boolean }
  | { type: 'timeline'; timeline: Timeline }
  | { type: 'members'; conversation: Id; members: readonly Member[] }
  | { type: 'people'; people: readonly Person[] }
  /** Messages of others that arrived live (not history, not sync of what was already read): announce, alert. */
  | { type: 'incoming'; conversation: Id; messages: readonly Message[] }
  /** Who else is typing there now, in the order of beginning. */
  | { type: 'typing'; conversation: Id; users: readonly Id[] }
  /** Of the watched people, those of whom something is known; everybody else is unknown. */
  | { type: 'presence'; people: Readonly<Record<Id, PresenceState>> }
  /** Storage was refused or lost: what is pending lives only in this tab. */
  | { type: 'storage'; durable: boolean };

export interface ServerInfo {
  version: string;
  protocol: number;
  needsOwner: boolean;
  /** Who may register, once there is an owner. */
  registration: RegistrationPolicy;
  /** Whether it sends mail, so that a forgotten password can be chosen anew. */
  mail: boolean;
  returning: boolean;
}

/** Sessions, password, notices, recovery; each as its command in the contract. */
export interface AccountCalls {
  listSessions(): Promise<SessionInfo[]>;
  endSession(session: Id): Promise<void>;
  /** How many ended. */
  endOtherSessions(): Promise<number>;
  changePassword(current: string, password: string): Promise<void>;
  listNotices(): Promise<Notice[]>;
  dismissNotice(notice: Id): Promise<void>;
  requestRecovery(email: string): Promise<void>;
  redeemRecovery(token: string, password: string): Promise<void>;
}

export interface TertuliaClient {
  /** Called with every event from now on; returns the way to stop. The current state is told at once. */
  subscribe(listener: (event: ClientEvent) => void): () => void;

  /** Resumes the session of the refresh cookie, if there is one. Resolves when it is known. Never throws. */
  restore(): Promise<SessionState>;
  /** `invite`: the token of an invitation, where the server asks for one. */
  register(input: { email: string; name: string; password: string; invite?: string }): Promise<Me>;
  login(input: { email: string; password: string }): Promise<Me>;
  /** Pending messages, edits and deletions that logging out would leave behind; ask the person first when above 0. */
  pendingCount(): Promise<number>;
  /** Ends the session and wipes what this user left in the storage (outbox and drafts too). */
  logout(): Promise<void>;
  serverInfo(): Promise<ServerInfo>;
  /** Any command of the contract that needs nothing but a session and touches nothing that is kept here: administration. */
  call: Call;
  /** Of the account, not of conversations: asked and answered, nothing of it is kept. */
  readonly account: AccountCalls;

  searchPeople(q: string): Promise<Person[]>;
  startDirect(user: Id): Promise<ConversationRow>;
  createGroup(name: string, users: Id[]): Promise<ConversationRow>;
  addMembers(conversation: Id, users: Id[]): Promise<void>;
  removeMember(conversation: Id, user: Id): Promise<void>;
  leaveGroup(conversation: Id): Promise<void>;
  renameGroup(conversation: Id, name: string): Promise<void>;
  loadMoreConversations(): Promise<void>;

  /** Begins a timeline at the first unread message, at the newest, or around `at` (a seq). Idempotent. */
  openConversation(conversation: Id, at?: number): Promise<void>;
  closeConversation(conversation: Id): void;
  loadOlder(conversation: Id): Promise<void>;
  loadNewer(conversation: Id): Promise<void>;
  /** Drops the window and begins anew at the newest message. */
  jumpToLatest(conversation: Id): Promise<void>;
  jumpTo(conversation: Id, seq: number): Promise<void>;

  /** Durable in the outbox before it resolves with the message's id; sent in order, retried without limit. Throws message_empty and message_too_long at once. */
  send(conversation: Id, body: string): Promise<string>;
  /**
   * Gives a message of mine another text: one that has its place, as it was when the new text was begun (had it changed
   * since, the edit fails as `stale`), or a pending one by its id. Durable before it resolves with the id of the edit;
   * goes out behind what was asked for before. Throws at once message_empty, message_too_long, and for what is not
   * pending, not mine or deleted message_not_found, not_allowed, message_deleted.
   */
  edit(conversation: Id, message: Message | string, body: string): Promise<string>;
  /** Deletes a message of mine, for everybody; as `edit`. A pending one is discarded. */
  remove(conversation: Id, message: Message | string): Promise<void>;
  /** A failed message, edit or deletion again; an edit over the message as it is now. */
  retry(id: string): Promise<void>;
  /**
   * Takes back what is pending. A message that the server may have heard of is cancelled there, by a command as durable as
   * the message was: it will not appear, or disappears. An edit or deletion under way may still take effect.
   */
  discard(id: string): Promise<void>;
  /** Moves my read mark forward to `seq`. Batched. */
  markRead(conversation: Id, seq: number): void;
  /** Sets my read mark back to just before `seq`, on all my devices. */
  markUnread(conversation: Id, seq: number): void;
  setDraft(conversation: Id, draft: string): void;
  /** I am typing: call it with every key, it is told now and then. */
  typing(conversation: Id): void;
  /** Whose presence is looked at from now on, at most 100; who was watched before and is not among them is unknown. */
  watchPresence(users: readonly Id[]): void;

  /** The browser says that the page is visible again or the network is back: check at once. */
  wake(): void;
  /** The page is hidden or goes away: what would be written to the storage in a moment is written now. */
  persist(): Promise<void>;
  /** Closes the socket, the timers and the storage; keeps everything stored. */
  close(): Promise<void>;
}

/**
 * Where the outbox and the cache live. Memory for Node, IndexedDB for the browser. Keys are strings; values are plain
 * JSON. A store is one of the names below; `prefix` reads in key order.
 */
export type StoreName = 'outbox' | 'acknowledged' | 'drafts' | 'rows' | 'messages' | 'people' | 'members' | 'meta';

/** `undefined` deletes the key; a prefix deletes all that begins with it. */
export type StorageWrite = { store: StoreName; key: string; value?: unknown } | { store: StoreName; prefix: string };

export interface ClientStorage {
  /** False when what is written dies with the page: private mode, storage refused. */
  readonly durable: boolean;
  get<T>(store: StoreName, key: string): Promise<T | undefined>;
  /** Values whose key begins with `prefix`, in key order; `last` gives the highest ones only. */
  list<T>(store: StoreName, prefix: string, last?: number): Promise<T[]>;
  /** In this order, all or nothing. Resolves when durable. Rejects when the storage refuses. */
  write(writes: readonly StorageWrite[]): Promise<void>;
  close(): Promise<void>;
}

export interface ClientOptions {
  /** Origin of the server, like `http://localhost:3000`; empty for the page's own. */
  baseUrl: string;
  storage: ClientStorage;
  /** Told apart per server and user inside the storage. */
  log?: (message: string, detail?: unknown) => void;
}
