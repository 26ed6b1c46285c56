import { limits, type ErrorCode } from '@tertulia/contract';
import { CommandError } from '../api.js';
import { pad } from '../storage/keys.js';

interface Base {
  /** Of a send the message's id, else the op id. */
  id: string;
  conversation: string;
  at: number;
  /** Only grows, over restarts and with a clock that was set back. */
  order: number;
  state: 'queued' | 'failed';
  error?: ErrorCode;
  /** The server may know of it: from here on it is frozen, and can only be taken back by another command. */
  attempted?: true;
}

/** `again`: it was acknowledged once, by a server that may have been put back to before that. */
export type SendEntry = Base & { kind: 'send'; body: string; again?: true };
/** `of` is the message's id. `seq` and `base` are known when the message has its place. */
export type EditEntry = Base & { kind: 'edit'; of: string; body: string; seq?: number; base?: number };
export type DeleteEntry = Base & { kind: 'delete'; of: string; seq?: number };
/** Takes back a send that was attempted. */
export type CancelEntry = Base & { kind: 'cancel'; of: string; seq?: number };

/** A command on its way, as it is stored. */
export type Entry = SendEntry | EditEntry | DeleteEntry | CancelEntry;

/** Where a message stands in the log, and its last change. */
export interface Place {
  seq: number;
  ver: number;
}

export const keyOf = (namespace: string, { order, id }: Pick<Entry, 'order' | 'id'>): string =>
  `${namespace}${pad(order, 16)}|${id}`;

/** The id of the message that it is about. */
export const messageOf = (entry: Entry): string => (entry.kind === 'send' ? entry.id : entry.of);

/** A change of a message without a place has nothing to be sent as yet; a cancel needs the id only. */
export const isReady = (entry: Entry): boolean =>
  entry.kind === 'send' || entry.kind === 'cancel' || entry.seq !== undefined;

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
