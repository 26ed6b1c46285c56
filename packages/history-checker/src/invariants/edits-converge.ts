import { commandsNamed, type Command } from '../commands.js';
import { Finding, type Clause } from '../finding.js';
import { groupBy, innerMap } from '../group-by.js';
import type { InvokeOf, RecordedEntry, ToldMessage } from '../history.js';
import type { IndexedHistory, Row } from '../indexed-history.js';
import type { Outcome } from '../outcomes.js';
import { placedChanges } from '../placed-changes.js';
import { placesOf } from '../places.js';
import { forEachTelling, type Space } from '../tellings.js';

/** 11: edits, deletes, reactions converge to the last in `ver`; a deleted body is nowhere. */
export const editsConverge: Clause[] = [
  { invariant: 11, says: 'a message is what its last change made it', look: lookAtRows },
  { invariant: 11, says: 'no edit came over a change that its writer had not seen', look: lookAtBases },
  { invariant: 11, says: 'one state of a message is the same for everybody', look: lookAtStates },
  { invariant: 11, says: 'the body of a deleted message is nowhere', look: lookAtDeleted },
];

type Edit = Command<InvokeOf<'message:edit'>>;
type Removal = Command<InvokeOf<'message:delete'> | InvokeOf<'message:cancel'>>;

function lookAtRows(history: IndexedHistory): Finding {
  const finding = new Finding();
  const { commands } = history;
  const places = placesOf(history);
  const edits = groupBy(commandsNamed(commands.values(), 'message:edit'), ({ invoke }) => places.targetOf(invoke));
  const removals = groupBy(commandsNamed(commands.values(), 'message:delete', 'message:cancel'), ({ invoke }) =>
    places.targetOf(invoke),
  );
  for (const row of [...history.rows.values()].flat()) {
    const [editing, deleting] = [edits.get(row.op) ?? [], removals.get(row.op) ?? []];
    if (deleting.length + editing.length === 0) continue;
    finding.examined += 1;
    judge(finding, history, { row, editing, deleting });
  }
  return finding;
}

interface Case {
  row: Row;
  editing: Edit[];
  deleting: Removal[];
}

function judge(finding: Finding, history: IndexedHistory, { row, editing, deleting }: Case): void {
  const entries = [row, ...[...editing, ...deleting].flatMap(({ invoke, answers }) => [invoke, ...answers])];
  const place = `message ${row.seq} of ${row.conversation}`;
  const outcomeOf = (command: Command): Outcome => history.outcomes.of(command);
  if (row.deleted) {
    if (deleting.every((removal) => outcomeOf(removal) === 'refused'))
      finding.complain(`${place} is deleted, and nobody deleted it`, entries);
    return;
  }
  if (deleting.some((removal) => outcomeOf(removal) === 'stored'))
    return finding.complain(`${place} was deleted, and it is there`, entries);
  const last = lastOf(history, editing);
  if (last && row.ver < last.ver) return finding.complain(`${place} was edited, and it is as before`, entries);
  const settled = last?.body ?? sentBody(history, row);
  const open = editing.filter((edit) => outcomeOf(edit) === 'open').map(({ invoke }) => invoke.body);
  const allowed = last && row.ver === last.ver ? [settled] : [settled, ...open];
  if (settled !== undefined && !allowed.includes(row.body)) finding.complain(`${place} is not its last edit`, entries);
}

/** What was stored between the state that somebody wrote over and their edit, was lost on them. */
function lookAtBases(history: IndexedHistory): Finding {
  const finding = new Finding();
  const ofMessages = groupBy(placedChanges(history), ({ invoke }) =>
    invoke.command === 'message:send' ? null : placesOf(history).targetOf(invoke),
  );
  ofMessages.delete(null);
  for (const ofOne of ofMessages.values()) {
    for (const { invoke, ver } of ofOne) {
      if (invoke.command !== 'message:edit' || invoke.base === undefined) continue;
      // Begun in an earlier epoch, it was written over another base before it was sent in this one.
      if (!history.epochs.isLast(invoke.client, invoke.t)) continue;
      const { base } = invoke;
      finding.examined += 1;
      const unseen = ofOne.find((other) => other.ver > base && other.ver < ver);
      if (unseen === undefined) continue;
      const message = `edit ${ver} of message ${invoke.seq} was written over ${base}, and came over ${unseen.ver}`;
      finding.complain(message, [invoke, unseen.invoke]);
    }
  }
  return finding;
}

function lastOf({ outcomes }: IndexedHistory, edits: readonly Edit[]): { ver: number; body: string } | null {
  const stored = edits.flatMap((edit) =>
    outcomes.placesOf(edit).map(({ ver }) => ({ ver: ver ?? 0, body: edit.invoke.body })),
  );
  return stored.sort((a, b) => a.ver - b.ver).at(-1) ?? null;
}

function sentBody({ commands }: IndexedHistory, row: Row): string | undefined {
  const sent = commands.get(row.op)?.invoke;
  return sent?.command === 'message:send' ? sent.body : undefined;
}

/** (conversation, seq, ver) names one state: rows, what was received and what is held agree on it. */
function lookAtStates(history: IndexedHistory): Finding {
  const finding = new Finding();
  const known = new Map<Space, Map<number, Map<number, { message: ToldMessage; entry: RecordedEntry }>>>();
  forEachTelling(history, (space, message, entry) => {
    finding.examined += 1;
    const states = innerMap(innerMap(known, space), message.seq);
    const first = states.get(message.ver);
    if (!first) states.set(message.ver, { message, entry });
    else if (first.message.body !== message.body || first.message.deleted !== message.deleted)
      finding.complain(`message ${message.seq} has two states of ver ${message.ver}`, [first.entry, entry]);
  });
  return finding;
}

function lookAtDeleted(history: IndexedHistory): Finding {
  const finding = new Finding();
  const deleted = deletedSince(history);
  forEachTelling(history, ({ conversation, epoch }, message, entry) => {
    const since = epoch === history.epochs.last ? deleted.get(conversation)?.get(message.seq) : undefined;
    if (!message.deleted && (since === undefined || message.ver < since)) return;
    finding.examined += 1;
    if (message.body !== '') finding.complain(`message ${message.seq} is deleted and has a body`, [entry]);
  });
  return finding;
}

/** By conversation and seq, the ver of the deletion. */
function deletedSince({ rows }: IndexedHistory): Map<string, Map<number, number>> {
  const deleted = new Map<string, Map<number, number>>();
  for (const row of [...rows.values()].flat())
    if (row.deleted) innerMap(deleted, row.conversation).set(row.seq, row.ver);
  return deleted;
}
