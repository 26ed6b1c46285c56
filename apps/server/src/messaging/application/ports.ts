import type { ConversationDelta, getMessages, Input, Output, sync } from '@tertulia/contract';
import type { ConversationRef } from '../../conversation-log/public.js';
import type { Actor } from '../../shared/actor.js';

export interface NewMessage {
  conversation: ConversationRef;
  actor: Actor;
  id: string;
  body: string;
}

export interface Appended {
  /** False: this id was stored before, and this is its place. */
  isNew: boolean;
  seq: number;
  ver: number;
  tag: number;
  at: number;
}

export abstract class MessageLog {
  /** Stored when it resolves. Refusals are decided under the lock of the conversation, after looking for the id. */
  abstract append(message: NewMessage): Promise<Appended>;
}

/** What may still be done to one's own message. As `append`: stored when it resolves, decided under the lock. */
export abstract class MessageEditor {
  abstract edit(
    actor: Actor,
    conversationId: number,
    edit: { op: string; seq: number; base: number; body: string },
  ): Promise<{ ver: number }>;
  abstract delete(
    actor: Actor,
    conversationId: number,
    deletion: { op: string; seq: number },
  ): Promise<{ ver: number }>;
  /** Deletes what was sent under this id, or sees to it that nothing ever is. */
  abstract cancel(actor: Actor, conversationId: number, id: string): Promise<{ seq: number; ver: number }>;
}

export type PageRequest = Pick<Input<typeof getMessages>, 'before' | 'after' | 'around' | 'limit'>;
export type Page = Output<typeof getMessages>;
export type Cursor = Input<typeof sync>['cursors'][number];

export abstract class MessageReader {
  /** Of a message that this person sent under this id, and may see; null: there is none. */
  abstract placeOf(
    userId: number,
    conversationId: number,
    id: string,
  ): Promise<{ seq: number; ver: number } | null | 'not a member'>;
  /** null: not a member, or no such conversation. */
  abstract page(userId: number, conversationId: number, request: PageRequest): Promise<Page | null>;
  /**
   * What came after each cursor, bounded in changes and bytes over all; `gone` are those one is no member of. null: one of
   * them was never given out by this database, so its bearer comes from another history.
   */
  abstract since(
    userId: number,
    cursors: readonly Cursor[],
  ): Promise<{ conversations: ConversationDelta[]; gone: string[] } | null>;
}
