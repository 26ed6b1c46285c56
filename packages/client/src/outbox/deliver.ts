import type { CallFast } from '../wire/routes.js';
import type { Entry, Place } from './entry.js';

/** One command to the server, and what became of its message. */
export async function deliver(call: CallFast, entry: Entry, known: string | null): Promise<Place> {
  const { conversation, id } = entry;
  if (entry.kind === 'send') return call('sendMessage', { conversation, id, body: entry.body });
  if (entry.kind === 'cancel') return call('cancelMessage', { conversation, id: entry.of });
  const { seq } = entry;
  if (seq === undefined) throw new Error(`${entry.kind} of a message without a place`);
  // Whatever lost its epoch lost its seq with it, so the seq is of the one that is known now.
  const target = { conversation, op: id, seq, ...(known === null ? {} : { epoch: known }) };
  const { ver } =
    entry.kind === 'edit'
      ? await call('editMessage', { ...target, base: entry.base ?? 0, body: entry.body })
      : await call('deleteMessage', target);
  return { seq, ver };
}
