import { limits, type ErrorCode } from '@tertulia/contract';
import { CommandError, type PendingMessage } from '../api.js';
import { pad } from '../storage/keys.js';

/** A message on its way, as it is stored. `order` only grows, over restarts and with a clock that was set back. */
export interface Entry {
  id: string;
  conversation: string;
  body: string;
  at: number;
  order: number;
  state: 'queued' | 'failed';
  error?: ErrorCode;
}

/** The same in memory. `sent`: acknowledged, shown until its place in the log is known. */
export interface Held {
  entry: Entry;
  phase: 'waiting' | 'sending' | 'sent';
  view: PendingMessage;
}

export const keyOf = (namespace: string, entry: Entry): string => `${namespace}${pad(entry.order, 16)}|${entry.id}`;

export function hold(entry: Entry, phase: Held['phase'] = 'waiting'): Held {
  const { id, conversation, body, at, error } = entry;
  const state = entry.state === 'failed' ? 'failed' : phase === 'waiting' ? 'queued' : 'sending';
  return { entry, phase, view: { id, conversation, body, at, state, ...(error === undefined ? {} : { error }) } };
}

/** The text as the server will store it; throws what the server would refuse for certain. */
export function checkedBody(typed: string): string {
  const body = typed.trim();
  if (body === '') throw new CommandError('message_empty', 'The message is empty. Write something first.');
  const bytes = new TextEncoder().encode(body).length;
  if (bytes > limits.messageBytes)
    throw new CommandError('message_too_long', 'The message is too long. Shorten it or split it.', {
      bytes,
      max: limits.messageBytes,
    });
  return body;
}
