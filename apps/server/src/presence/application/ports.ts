import type { ConversationRef } from '../../conversation-log/public.js';
import type { Actor } from '../../shared/actor.js';

/** The sockets of this node. */
export abstract class LocalSockets {
  abstract areOf(userId: number): boolean;
}

export abstract class Acquaintances {
  /** Of these people, by public id, those who share a conversation with the user, with their internal ids. */
  abstract among(userId: number, publicIds: readonly string[]): Promise<Map<string, number>>;
}

/** The other nodes of this database, whether they are heard or not. */
export abstract class NodeCensus {
  /** As last counted; null when nobody knows. */
  abstract readonly others: readonly string[] | null;
  /** Counts again if the last count is old. True when the answer has changed. */
  abstract look(): Promise<boolean>;
}

/** Says to the other nodes who is here. Best effort, batched. */
export abstract class Announcements {
  /** The others hear this node, and this node hears them. */
  abstract readonly connected: boolean;
  /** These people have come or gone. */
  abstract changed(userIds: readonly number[]): void;
  /** Everybody who is here: renews this node's lease with the others. */
  abstract renew(): void;
}

export abstract class TypingScope {
  abstract of(userId: number, conversationId: number): Promise<{ isMember: boolean; isSmall: boolean }>;
}

export abstract class TypingTeller {
  /** To the other people of the conversation, on every node. May get lost. */
  abstract tell(conversation: ConversationRef, typist: Actor): void;
}
