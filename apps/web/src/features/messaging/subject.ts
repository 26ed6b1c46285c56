import type { Message } from '@tertulia/contract';
import { createContext, useContext } from 'react';
import type { ChangingMessage, PendingMessage } from '../../lib/client';
import type { Row } from './build-rows';

/** The message that something is to be done with, in the words in which it is shown. */
export interface Subject {
  conversation: string;
  id: string;
  text: string;
  mine: boolean;
  /** As it was stored when this began; null while it is still on its way. */
  message: Message | null;
}

export const pendingSubject = ({ conversation, id, body }: PendingMessage): Subject => ({
  conversation,
  id,
  text: body,
  mine: true,
  message: null,
});

/** In the words of the edit that is on its way. */
export const storedSubject = (
  conversation: string,
  message: Message,
  change: ChangingMessage | null,
  me: string,
): Subject => ({
  conversation,
  id: message.id,
  text: (change?.state !== 'failed' && change?.body) || message.body,
  mine: message.sender === me,
  message,
});

export function subjectOf(row: Row | undefined, conversation: string, me: string): Subject | null {
  if (row?.type === 'pending') return pendingSubject(row.pending);
  if (row?.type !== 'message' || row.message.deleted) return null;
  return storedSubject(conversation, row.message, row.change, me);
}

/** The last words that I can still change. */
export function lastOwn(rows: readonly Row[], conversation: string, me: string): Subject | null {
  for (const row of rows.toReversed()) {
    const subject = subjectOf(row, conversation, me);
    if (subject?.mine) return subject;
  }
  return null;
}

/** What the conversation does with a message of its list. */
export interface MessageTasks {
  edit: (subject: Subject) => void;
  /** Asks first. */
  remove: (subject: Subject) => void;
  markUnread: (seq: number) => void;
}

export const MessageTasksContext = createContext<MessageTasks | null>(null);

export function useMessageTasks(): MessageTasks {
  const tasks = useContext(MessageTasksContext);
  if (!tasks) throw new Error('There is no conversation around this message');
  return tasks;
}
