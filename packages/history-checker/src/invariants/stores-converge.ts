import { Finding, type Clause } from '../finding.js';
import type { ToldMessage } from '../history.js';
import type { IndexedHistory, Row, State } from '../indexed-history.js';

/** 8: each member's final store = the rows they may see. */
export const storesConverge: Clause[] = [
  { invariant: 8, says: 'each member holds just the rows they may see', look: lookAtMessages },
  { invariant: 8, says: 'each member has come to the last change', look: lookAtCursors },
];

function lookAtMessages(history: IndexedHistory): Finding {
  const finding = new Finding();
  if (!history.hasRows) return finding;
  for (const state of history.finalStates) {
    finding.examined += 1;
    compare(finding, state, visibleRows(history, state));
  }
  return finding;
}

/** Of those that are loaded: what is older than the oldest held may be left out, if the client says so. */
function visibleRows(history: IndexedHistory, state: State): Row[] {
  const fromSeq = firstVisible(history, state);
  const from = state.hasOlder ? Math.max(fromSeq, state.messages[0]?.seq ?? fromSeq) : fromSeq;
  return (history.rows.get(state.conversation) ?? []).filter(({ seq }) => seq >= from);
}

function firstVisible({ memberships }: IndexedHistory, { conversation, user }: State): number {
  if (!memberships.areKnown(conversation)) return 1;
  const last = memberships.of(conversation, user).at(-1);
  return last && last.leftVer === Infinity ? last.fromSeq : Infinity;
}

function compare(finding: Finding, state: State, rows: readonly Row[]): void {
  const held = new Map(state.messages.map((message) => [message.seq, message]));
  for (const row of rows) {
    const message = held.get(row.seq);
    held.delete(row.seq);
    if (!message) finding.complain(`${state.client} does not have message ${row.seq}`, [row], 'lost');
    else if (!isSame(message, row))
      finding.complain(`${state.client} has another message ${row.seq}: ${JSON.stringify(message)}`, [row]);
  }
  for (const seq of held.keys())
    finding.complain(`${state.client} has a message ${seq} that ${state.user} may not see`, [state]);
}

const isSame = (one: ToldMessage, other: ToldMessage): boolean =>
  one.op === other.op &&
  one.ver === other.ver &&
  one.sender === other.sender &&
  one.body === other.body &&
  one.deleted === other.deleted;

function lookAtCursors(history: IndexedHistory): Finding {
  const finding = new Finding();
  for (const state of history.finalStates) {
    const counters = history.countersOf(state.conversation);
    if (!counters || firstVisible(history, state) === Infinity) continue;
    finding.examined += 1;
    if (state.cursor !== counters.ver)
      finding.complain(`${state.client} is at change ${state.cursor} of ${counters.ver}`, [state, counters]);
  }
  return finding;
}
