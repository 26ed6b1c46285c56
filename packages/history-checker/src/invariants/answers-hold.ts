import { commandsNamed, isFinal, isOpen, isRefused, type Command } from '../commands.js';
import { Finding, type Clause } from '../finding.js';
import { groupBy } from '../group-by.js';
import type { InvokeOf } from '../history.js';
import type { IndexedHistory } from '../indexed-history.js';
import { forEachTelling } from '../tellings.js';

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
  finding.examined = refused.size;
  if (refused.size === 0) return finding;
  forEachTelling(history, ({ epoch }, { op, deleted }, entry) => {
    const send = refused.get(op);
    // A tombstone only keeps the id of what was cancelled.
    if (!send || deleted || !isBarred(history, send, epoch)) return;
    const { invoke, answers } = send;
    if (entry.type === 'row') finding.complain(`${op} was refused and is stored`, [invoke, ...answers, entry]);
    else finding.complain(`${op} was refused, and ${entry.client} was told it`, [invoke, entry]);
  });
  return finding;
}

/** What is refused in this epoch is not in it; what an older copy refuses may have been stored before. */
function isBarred({ epochs }: IndexedHistory, { answers }: Command, epoch: string): boolean {
  const definite = answers.filter(isFinal);
  if (definite.some((answer) => answer.outcome === 'refused' && epochs.of(answer) === epoch)) return true;
  return epoch === epochs.last && definite.every(({ outcome }) => outcome === 'refused');
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

/** Within an epoch: an older copy may have forgotten it, and it is stored anew, or its sender is no member there. */
function lookAtResends(history: IndexedHistory): Finding {
  const finding = new Finding();
  for (const { invoke, answers } of history.commands.values()) {
    const definite = answers.filter(isFinal);
    if (definite.length < 2) continue;
    for (const ofOne of groupBy(definite, (answer) => history.epochs.of(answer)).values()) {
      finding.examined += 1;
      const different = new Set(ofOne.map((answer) => (answer.outcome === 'stored' ? `at ${answer.seq ?? ''}` : '')));
      if (different.size > 1) finding.complain(`${invoke.op} was answered in different ways`, [invoke, ...answers]);
    }
  }
  return finding;
}

function lookAtCancelled(history: IndexedHistory): Finding {
  const finding = new Finding();
  if (!history.hasRows) return finding;
  const cancelled: Command<InvokeOf<'message:cancel'>>[] = commandsNamed(history.commands.values(), 'message:cancel');
  for (const command of cancelled) {
    if (history.outcomes.of(command) !== 'stored') continue;
    const { invoke, answers } = command;
    finding.examined += 1;
    const rows = history.rowsWith(invoke.conversation, invoke.message).filter(({ deleted }) => !deleted);
    if (rows.length > 0)
      finding.complain(`${invoke.message} was cancelled and is there`, [invoke, ...answers, ...rows]);
  }
  return finding;
}
