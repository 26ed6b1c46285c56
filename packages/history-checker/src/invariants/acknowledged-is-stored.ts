import { commandsNamed, isOpen, isStored } from '../commands.js';
import { Finding, type Clause } from '../finding.js';
import type { IndexedHistory } from '../indexed-history.js';
import { placesOf } from '../places.js';

/** 1: acknowledged ⇒ exactly one row, same content. */
export const acknowledgedIsStored: Clause[] = [
  { invariant: 1, says: 'what was acknowledged is stored once, at its place, as it was sent', look },
];

function look(history: IndexedHistory): Finding {
  const finding = new Finding();
  if (!history.hasRows) return finding;
  const touched = touchedMessages(history);
  const notOfferedAgain = deletedEarlier(history);
  for (const send of history.sends) {
    if (history.outcomes.of(send) !== 'stored') continue;
    finding.examined += 1;
    const { conversation, op, user, body } = send.invoke;
    const answers = history.outcomes.placesOf(send);
    const rows = history.rowsWith(conversation, op);
    const [row] = rows;
    const shown = [send.invoke, ...send.answers, ...rows];
    if (!row && answers.length === 0 && notOfferedAgain.has(op)) continue;
    if (!row) finding.complain(`${op} was acknowledged and is not stored`, shown, 'lost');
    else if (rows.length > 1) finding.complain(`${op} is stored ${rows.length} times`, shown, 'doubled');
    else if (answers.some(({ seq }) => seq !== row.seq))
      finding.complain(`${op} was acknowledged at another place than ${row.seq}`, shown, 'disordered');
    else if (row.sender !== user) finding.complain(`${op} is stored under another sender`, shown);
    else if (row.body !== body && !touched.has(op)) finding.complain(`${op} is stored with another body`, shown);
  }
  return finding;
}

/** What may have been edited or deleted: that is judged by 11. */
function touchedMessages(history: IndexedHistory): Set<string | null> {
  const touching = commandsNamed(history.commands.values(), 'message:edit', 'message:delete', 'message:cancel');
  return new Set(
    touching
      .filter((command) => isStored(command) || isOpen(command))
      .map(({ invoke }) => placesOf(history).targetOf(invoke)),
  );
}

/** A message that was deleted in an earlier epoch must not come back: with that epoch it is gone, as it should be. */
function deletedEarlier(history: IndexedHistory): Set<string | null> {
  const deleting = commandsNamed(history.commands.values(), 'message:delete', 'message:cancel');
  return new Set(
    deleting
      .filter((command) => history.outcomes.of(command) !== 'refused')
      .map(({ invoke }) => placesOf(history).targetOf(invoke)),
  );
}
