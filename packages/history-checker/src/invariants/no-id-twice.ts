import { Finding, type Clause } from '../finding.js';
import type { IndexedHistory } from '../indexed-history.js';

/** 3: no id twice, in the database or any client. */
export const noIdTwice: Clause[] = [
  { invariant: 3, says: 'no id is stored twice in a conversation', look: lookAtRows },
  { invariant: 3, says: 'no client takes a change twice, or a message at two places', look: lookAtStreams },
  { invariant: 3, says: 'no client ends up with a message twice', look: lookAtStates },
];

function lookAtRows(history: IndexedHistory): Finding {
  const finding = new Finding();
  for (const rows of history.rowsByOp.values()) {
    finding.examined += 1;
    if (rows.length > 1) finding.complain(`${rows[0]!.op} is stored ${rows.length} times`, rows, 'doubled');
  }
  return finding;
}

function lookAtStreams({ streams, epochs }: IndexedHistory): Finding {
  const finding = new Finding();
  for (const { client, receives } of streams) {
    let epoch = '';
    let latest = -1;
    const places = new Map<string, number>();
    for (const entry of receives) {
      finding.examined += 1;
      const now = epochs.at(client, entry.t);
      if (now !== epoch) {
        epoch = now;
        latest = -1;
        places.clear();
      }
      if (entry.via !== 'page') {
        if (entry.ver === latest) finding.complain(`${client} took change ${entry.ver} twice`, [entry], 'doubled');
        latest = entry.ver;
      }
      if (!entry.message) continue;
      const { op, seq } = entry.message;
      const place = places.get(op);
      if (place === undefined) places.set(op, seq);
      else if (place !== seq) finding.complain(`${client} holds ${op} at ${place} and at ${seq}`, [entry], 'doubled');
    }
  }
  return finding;
}

function lookAtStates({ finalStates }: IndexedHistory): Finding {
  const finding = new Finding();
  for (const state of finalStates) {
    finding.examined += 1;
    const seen = new Set<string>();
    for (const { op } of state.messages) {
      if (seen.has(op)) finding.complain(`${state.client} holds ${op} twice`, [state], 'doubled');
      seen.add(op);
    }
  }
  return finding;
}
