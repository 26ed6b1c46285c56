import { isDeepStrictEqual } from 'node:util';
import { Finding, type Clause } from '../finding.js';
import type { IndexedHistory, State } from '../indexed-history.js';

/** 14: events applied to the old state = freshly fetched state, for every kind of action. */
export const stateIsWhatWasTold: Clause[] = [
  { invariant: 14, says: 'what a client holds is what the server answers afresh', look },
];

/** Each answer of the server with what the same client held when it was asked. */
function look(history: IndexedHistory): Finding {
  const finding = new Finding();
  const held = new Map<string, State>();
  for (const state of history.of('state')) {
    const key = `${state.client} ${state.conversation}`;
    if (state.source === 'client') held.set(key, state);
    const own = held.get(key);
    if (state.source === 'client' || !own) continue;
    finding.examined += 1;
    const differing = differences(own, state);
    if (differing.length > 0)
      finding.complain(`${state.client} holds another ${differing.join(', ')} than the server`, [own, state]);
  }
  return finding;
}

function differences(one: State, other: State): string[] {
  const from = Math.max(firstHeld(one), firstHeld(other));
  const [a, b] = [comparable(one, from), comparable(other, from)];
  if (one.members === null || other.members === null) a.members = b.members = null;
  return Object.keys(a).filter((field) => !isDeepStrictEqual(a[field], b[field]));
}

const firstHeld = ({ hasOlder, messages }: State): number => (hasOlder ? (messages[0]?.seq ?? Infinity) : 0);

function comparable({ messages, cursor, unread, mark, name, members }: State, from: number): Record<string, unknown> {
  return {
    messages: messages.filter(({ seq }) => seq >= from),
    cursor,
    unread,
    mark,
    name,
    members: members && [...members].sort((a, b) => (a.user < b.user ? -1 : 1)),
  };
}
