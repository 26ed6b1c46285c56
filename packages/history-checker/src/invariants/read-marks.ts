import { commandsNamed } from '../commands.js';
import { Finding, type Clause } from '../finding.js';
import { groupBy } from '../group-by.js';
import type { EntryOf, RecordedEntry } from '../history.js';
import type { IndexedHistory, State } from '../indexed-history.js';

/** Over more places than this nobody counts: it is "more than 99". */
const COUNTED = 200;
const MANY = 100;

/** 12: own mark (rev, seq) equal on all devices, unread = recount. */
export const readMarks: Clause[] = [
  { invariant: 12, says: 'all devices of a person hold the same read mark', look: lookAtDevices },
  { invariant: 12, says: 'unread is what a recount gives', look: lookAtUnread },
  { invariant: 12, says: 'no device sees its read mark go back', look: lookAtMarks },
  { invariant: 12, says: 'an acknowledged read mark does not go back', look: lookAtAnswers },
];

interface ReadMark {
  rev: number;
  seq: number;
}

const isBefore = (one: ReadMark, other: ReadMark): boolean =>
  one.rev < other.rev || (one.rev === other.rev && one.seq < other.seq);
const isEqual = (one: ReadMark, other: ReadMark): boolean => one.rev === other.rev && one.seq === other.seq;
const markOf = ({ readRev, readSeq }: EntryOf<'member'>): ReadMark => ({ rev: readRev, seq: readSeq });

function lookAtDevices(history: IndexedHistory): Finding {
  const finding = new Finding();
  const ofPeople = groupBy(history.finalStates, ({ conversation, user }) => `${conversation} ${user}`);
  for (const states of ofPeople.values()) {
    const { conversation, user } = states[0]!;
    const row = history.memberships.rowOf(conversation, user);
    if (row && row.leftVer !== null) continue;
    if (!row && states.length < 2) continue;
    finding.examined += 1;
    const right = row ? markOf(row) : states[0]!.mark;
    for (const state of states)
      if (!isEqual(state.mark, right))
        finding.complain(`${state.client} holds another read mark of ${conversation}`, row ? [row, state] : states);
  }
  return finding;
}

function lookAtUnread(history: IndexedHistory): Finding {
  const finding = new Finding();
  for (const state of history.finalStates) {
    const row = history.memberships.rowOf(state.conversation, state.user);
    if (!row || row.leftVer !== null || !history.hasRows) continue;
    finding.examined += 1;
    const right = recount(history, state, Math.max(row.readSeq, row.fromSeq - 1));
    if (!right.includes(state.unread))
      finding.complain(`${state.client} says ${state.unread} unread, a recount ${right.join(' or ')}`, [row, state]);
  }
  return finding;
}

/** Who counted along as they came may know the number where the server says only "many". */
function recount({ rows }: IndexedHistory, { conversation, user }: State, after: number): number[] {
  const all = rows.get(conversation) ?? [];
  const fresh = all.slice(lastIndexUpTo(all, after));
  const counted = fresh.filter(({ sender, deleted }) => sender !== null && sender !== user && !deleted).length;
  const exact = Math.min(counted, MANY);
  return fresh.length > COUNTED ? [...new Set([MANY, exact])] : [exact];
}

/** How many of them, by seq, are not above `seq`. */
function lastIndexUpTo(rows: readonly { seq: number }[], seq: number): number {
  const index = rows.findIndex((row) => row.seq > seq);
  return index === -1 ? rows.length : index;
}

function lookAtMarks(history: IndexedHistory): Finding {
  const finding = new Finding();
  const seen = groupBy(history.of('mark'), ({ client, conversation }) => `${client} ${conversation}`);
  for (const marks of seen.values()) {
    for (let index = 1; index < marks.length; index += 1) {
      const [before, after] = [marks[index - 1]!, marks[index]!];
      if (history.epochs.at(after.client, after.t) !== history.epochs.at(after.client, before.t)) continue;
      finding.examined += 1;
      if (isBefore(after, before)) finding.complain(`${after.client} saw its read mark go back`, [before, after]);
    }
  }
  return finding;
}

interface Answered {
  mark: ReadMark;
  from: number;
  to: number;
  entries: RecordedEntry[];
}

/** Who asks after an answer was given, is given no lower mark; and neither is the row, which is read last of all. */
function lookAtAnswers(history: IndexedHistory): Finding {
  const finding = new Finding();
  const ofPeople = groupBy(
    commandsNamed(history.commands.values(), 'read:mark'),
    ({ invoke }) => `${invoke.conversation} ${invoke.user}`,
  );
  for (const commands of ofPeople.values()) {
    const answered = commands.flatMap((command): Answered[] => {
      const [answer] = history.outcomes.placesOf(command);
      const { invoke } = command;
      return answer?.mark ? [{ mark: answer.mark, from: invoke.t, to: answer.t, entries: [invoke, answer] }] : [];
    });
    const { conversation, user } = commands[0]!.invoke;
    const row = history.memberships.rowOf(conversation, user);
    if (row) answered.push({ mark: markOf(row), from: Infinity, to: Infinity, entries: [row] });
    complainOfSteps(finding, answered);
  }
  return finding;
}

function complainOfSteps(finding: Finding, answered: readonly Answered[]): void {
  const done = [...answered].sort((a, b) => a.to - b.to);
  let highest: Answered | null = null;
  let next = 0;
  for (const asked of [...answered].sort((a, b) => a.from - b.from)) {
    for (; next < done.length && done[next]!.to < asked.from; next += 1)
      if (!highest || isBefore(highest.mark, done[next]!.mark)) highest = done[next]!;
    if (!highest) continue;
    finding.examined += 1;
    if (isBefore(asked.mark, highest.mark))
      finding.complain('a read mark went back', [...highest.entries, ...asked.entries]);
  }
}
