import type { Change, ConversationKind, UserChanged } from '@tertulia/contract';

/** What never changes about a conversation, so that it may be kept in memory. */
export interface ConversationRef {
  id: number;
  publicId: string;
  kind: ConversationKind;
  /** The people of a direct conversation; empty for a group. */
  pair: number[];
}

/** A change as a node emits it. `left` names the user whose sockets leave before it goes out. */
export interface LoggedChange {
  wire: Change;
  left?: number;
}

/** One conversation of a user as the join function reads it: ver and membership in one statement. */
export interface JoinRow {
  ref: ConversationRef;
  ver: number;
  /** Where this membership began: a leave before it belongs to an earlier one. */
  joinedVer: number;
}

export interface Pointer {
  conversationId: number;
  ver: number;
  kind: number;
  ref: number;
  tag: number;
}

/** Where committed changes are handed over, to reach every socket that may see them. */
export abstract class ChangeFeed {
  /** A change this process has committed, with its payload at hand. */
  abstract committed(conversation: ConversationRef, change: LoggedChange): void;
  /** A conversation has reached a ver; what is missing is read. */
  abstract told(conversationId: number, ver: number): void;
  /** Something that concerns these users alone has changed. */
  abstract toldUsers(userIds: readonly number[]): void;
}

export interface NotedEpoch {
  epoch: string;
  /** Every transaction below it was over when this was noted. */
  xid: bigint;
}

/** The epoch that this node has last served, kept outside the database: a copy put back does not bring it along. */
export abstract class EpochNote {
  /** null: this node has served none yet. */
  abstract read(): Promise<NotedEpoch | null>;
  abstract write(noted: NotedEpoch): Promise<void>;
}

/** From a public id to a conversation. Says nothing about who may enter it. */
export abstract class ConversationFinder {
  abstract find(publicId: string): Promise<ConversationRef | null>;
}

/** Reads the current state of the things that pointers point at. Each feature brings the loader for its own kinds. */
export interface ChangeLoader {
  kinds: readonly number[];
  /** In the order of the pointers; null when the thing is gone. */
  load(pointers: readonly Pointer[]): Promise<(ChangePayload | null)[]>;
}

type WithoutPointer<C> = C extends Change ? Omit<C, 'conversation' | 'ver' | 'tag'> : never;
export type ChangePayload = WithoutPointer<Change>;

/** Rows of what concerns one user, as the feed tells them. Implemented where the rows are made. */
export interface UserChangeLoader {
  /** In the order of uver, at most `limit`. */
  load(
    userId: number,
    afterUver: number,
    limit: number,
  ): Promise<(UserChanged & { conversationId: number; left: boolean })[]>;
}
