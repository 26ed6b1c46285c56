import type { ConversationRow, Member, UserChanged } from '@tertulia/contract';
import type { Actor } from '../../shared/actor.js';

export interface GroupChange {
  ver: number;
  /** Users of whom something of their own has changed. */
  concerned: number[];
}

export interface Made {
  conversationId: number;
  /** False: it was there already. */
  isNew: boolean;
}

export interface ReadMark {
  readRev: number;
  readSeq: number;
  unread: number;
  uver: number;
  moved: boolean;
}

/** Writes of conversations. Every method resolves after the commit; refusals are decided under the lock and named. */
export abstract class ConversationWriter {
  abstract startDirect(actor: Actor, otherId: number): Promise<Made>;
  abstract createGroup(actor: Actor, op: string, name: string, userIds: readonly number[]): Promise<Made>;
  abstract addMembers(
    actor: Actor,
    conversationId: number,
    op: string,
    userIds: readonly number[],
  ): Promise<GroupChange>;
  abstract removeMember(actor: Actor, conversationId: number, op: string, userId: number): Promise<GroupChange>;
  abstract rename(actor: Actor, conversationId: number, op: string, name: string): Promise<GroupChange>;
  abstract markRead(actor: Actor, conversationId: number, rev: number, seq: number): Promise<ReadMark>;
}

/** A place in the list: (last activity in microseconds, public id). */
export type ListPlace = [at: number, id: string];

export type OwnChange = UserChanged & { conversationId: number; left: boolean };

/** Reads of conversations, always as one member sees them. */
export abstract class ConversationReader {
  abstract list(
    userId: number,
    before: ListPlace | null,
    limit: number,
  ): Promise<{ rows: ConversationRow[]; next: ListPlace | null }>;
  /** null: not a member, or no such conversation. */
  abstract row(userId: number, conversationId: number): Promise<ConversationRow | null>;
  abstract members(conversationId: number): Promise<Member[]>;
  /** Rows in which something of the user's own has changed, in the order of uver; those left come without content. */
  abstract changedSince(userId: number, uver: number, limit: number): Promise<OwnChange[]>;
  abstract uver(userId: number): Promise<number>;
}
