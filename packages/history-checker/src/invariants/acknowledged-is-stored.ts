import { commandsNamed, isOpen, isStored, storedAnswers } from '../commands.js';
import { Finding, type Clause } from '../finding.js';
import type { IndexedHistory } from '../indexed-history.js';

/** 1: acknowledged ⇒ exactly one row, same content. */
export const acknowledgedIsStored: Clause[] = [
  { invariant: 1, says: 'what was acknowledged is stored once, at its place, as it was sent', look },
];

function look(history: IndexedHistory): Finding {
  const finding = new Finding();
  if (!history.hasRows) return finding;
  const touched = touchedMessages(history);
  for (const send of history.sends) {
    const answers = storedAnswers(send).filter(({ client, t }) => history.epochs.isLast(client, t));
    if (!isStored(send)) continue;
    finding.examined += 1;
    const { conversation, op, user, body } = send.invoke;
    const rows = history.rowsWith(conversation, op);
    const [row] = rows;
    const shown = [send.invoke, ...answers, ...rows];
    if (!row) finding.complain(`${op} was acknowledged and is not stored`, shown, 'lost');
    else if (rows.length > 1) finding.complain(`${op} is stored ${rows.length} times`, shown, 'doubled');
    else if (answers.some(({ seq }) => seq !== row.seq))
      finding.complain(`${op} was acknowledged at another place than ${row.seq}`, shown, 'disordered');
    else if (row.sender !== user) finding.complain(`${op} is stored under another sender`, shown);
    else if (row.body !== body && !touched.has(op) && !touched.has(`${conversation} ${row.seq}`))
      finding.complain(`${op} is stored with another body`, shown);
  }
  return finding;
}

/** What may have been edited or deleted, by place or by op: that is judged by 11. */
function touchedMessages({ commands }: IndexedHistory): Set<string> {
  const touching = commandsNamed(commands.values(), 'message:edit', 'message:delete', 'message:cancel');
  return new Set(
    touching
      .filter((command) => isStored(command) || isOpen(command))
      .map(({ invoke }) =>
        invoke.command === 'message:cancel' ? invoke.message : `${invoke.conversation} ${invoke.seq}`,
      ),
  );
}
