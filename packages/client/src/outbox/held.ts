import type { ChangingMessage, PendingMessage } from '../api.js';
import type { EditEntry, Entry, Place, SendEntry } from './entry.js';

/** A command in memory. `sent`: acknowledged, kept until what it did is seen in the log. */
export interface Held {
  entry: Entry;
  phase: 'waiting' | 'sending' | 'sent';
  /** What the acknowledgement said. */
  place?: Place;
}

export const isUntried = ({ entry, phase }: Held): boolean =>
  entry.attempted !== true && phase === 'waiting' && entry.state === 'queued';

/** My messages that are not in the log yet, in order, each with the words of the last edit that waits behind it. */
export function pendingViews(held: readonly Held[]): PendingMessage[] {
  const edits = new Map(held.flatMap(({ entry }) => (entry.kind === 'edit' ? [[entry.of, entry] as const] : [])));
  return held.flatMap((one) =>
    one.entry.kind === 'send' && !(one.entry.again === true && one.entry.state === 'queued')
      ? [pendingView(one.entry, one, edits.get(one.entry.id))]
      : [],
  );
}

function pendingView(entry: SendEntry, held: Held, edit: EditEntry | undefined): PendingMessage {
  const { id, conversation, at } = entry;
  return { id, conversation, body: edit?.body ?? entry.body, at, ...stateOf(held) };
}

/** What is on its way to messages that have their place, in order: the last one of a seq is what the person wants. */
export function changingViews(held: readonly Held[]): ChangingMessage[] {
  return held.flatMap((one) => {
    const { entry } = one;
    if (entry.kind === 'send' || entry.seq === undefined) return [];
    const body = entry.kind === 'edit' ? entry.body : null;
    return [{ id: entry.id, seq: entry.seq, body, ...stateOf(one) }];
  });
}

function stateOf({ entry, phase }: Held): Pick<PendingMessage, 'state' | 'error'> {
  if (entry.state === 'failed')
    return { state: 'failed', ...(entry.error === undefined ? {} : { error: entry.error }) };
  return { state: phase === 'waiting' ? 'queued' : 'sending' };
}
