import { commandsNamed, isOpen, isRefused, isStored, type Command } from '../commands.js';
import { Finding, type Clause } from '../finding.js';
import type { InvokeOf } from '../history.js';
import type { IndexedHistory } from '../indexed-history.js';

/** 7: refused ⇒ never appears; unknown ⇒ 0 or 1 times; a resend answers the same seq. */
export const answersHold: Clause[] = [
  { invariant: 7, says: 'what was refused appears nowhere', look: lookAtRefused },
  { invariant: 7, says: 'what nobody knows the outcome of is stored once or not at all', look: lookAtOpen },
  { invariant: 7, says: 'a resend is answered as the first time', look: lookAtResends },
  { invariant: 7, says: 'what was cancelled is not there, or there without its body', look: lookAtCancelled },
];

function lookAtRefused(history: IndexedHistory): Finding {
  const finding = new Finding();
  const refused = new Map(history.sends.filter(isRefused).map((send) => [send.invoke.op, send]));
  for (const { invoke, answers } of refused.values()) {
    finding.examined += 1;
    // A tombstone only keeps the id of what was cancelled.
    const rows = history.rowsWith(invoke.conversation, invoke.op).filter(({ deleted }) => !deleted);
    if (rows.length > 0) finding.complain(`${invoke.op} was refused and is stored`, [invoke, ...answers, ...rows]);
  }
  if (refused.size === 0) return finding;
  for (const entry of history.of('receive')) {
    const send = entry.message && !entry.message.deleted ? refused.get(entry.message.op) : undefined;
    if (send) finding.complain(`${send.invoke.op} was refused, and ${entry.client} was told it`, [send.invoke, entry]);
  }
  return finding;
}

function lookAtOpen(history: IndexedHistory): Finding {
  const finding = new Finding();
  if (!history.hasRows) return finding;
  for (const { invoke } of history.sends.filter(isOpen)) {
    finding.examined += 1;
    const rows = history.rowsWith(invoke.conversation, invoke.op);
    if (rows.length > 1) finding.complain(`${invoke.op} is stored ${rows.length} times`, [invoke, ...rows], 'doubled');
  }
  return finding;
}

function lookAtResends(history: IndexedHistory): Finding {
  const finding = new Finding();
  for (const command of history.commands.values()) {
    const definite = command.answers.filter(({ outcome }) => outcome !== 'unknown');
    if (definite.length < 2) continue;
    finding.examined += 1;
    const answers = new Set(
      definite.map((answer) =>
        answer.outcome === 'stored'
          ? `stored ${answer.seq ?? ''} ${history.epochs.at(answer.client, answer.t)}`
          : answer.outcome,
      ),
    );
    if (answers.size > placesAllowed(history, command))
      finding.complain(`${command.invoke.op} was answered in different ways`, [command.invoke, ...command.answers]);
  }
  return finding;
}

/** One per epoch: an older copy may have forgotten it, and it is stored anew. */
function placesAllowed({ epochs }: IndexedHistory, { answers }: Command): number {
  return new Set(answers.map(({ client, t }) => epochs.at(client, t))).size;
}

function lookAtCancelled(history: IndexedHistory): Finding {
  const finding = new Finding();
  if (!history.hasRows) return finding;
  const cancelled: Command<InvokeOf<'message:cancel'>>[] = commandsNamed(history.commands.values(), 'message:cancel');
  for (const { invoke, answers } of cancelled.filter(isStored)) {
    finding.examined += 1;
    const rows = history.rowsWith(invoke.conversation, invoke.message).filter(({ deleted }) => !deleted);
    if (rows.length > 0)
      finding.complain(`${invoke.message} was cancelled and is there`, [invoke, ...answers, ...rows]);
  }
  return finding;
}
