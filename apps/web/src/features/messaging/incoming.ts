import type { Message } from '@tertulia/contract';

export type IncomingListener = (conversation: string, messages: readonly Message[]) => void;

const listeners = new Set<IncomingListener>();

/** Messages of others as they arrive live: a happening, not a state, so no store holds it. */
export function onIncoming(listener: IncomingListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellIncoming(conversation: string, messages: readonly Message[]): void {
  for (const listener of listeners) listener(conversation, messages);
}
