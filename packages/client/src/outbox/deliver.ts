import type { CallFast } from '../wire/routes.js';
import type { Entry, Place } from './entry.js';

/** One command to the server, and what became of its message. */
export async function deliver(call: CallFast, entry: Entry): Promise<Place> {
  const { conversation, id } = entry;
  if (entry.kind === 'send') return call('sendMessage', { conversation, id, body: entry.body });
  if (entry.kind === 'cancel') return call('cancelMessage', { conversation, id: entry.of });
  const { seq } = entry;
  if (seq === undefined) throw new Error(`${entry.kind} of a message without a place`);
  const { ver } =
    entry.kind === 'edit'
      ? await call('editMessage', { conversation, op: id, seq, base: entry.base ?? 0, body: entry.body })
      : await call('deleteMessage', { conversation, op: id, seq });
  return { seq, ver };
}
