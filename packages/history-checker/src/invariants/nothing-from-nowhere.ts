import { commandsNamed, isRefused, isStored } from '../commands.js';
import { Finding, type Clause } from '../finding.js';
import type { RecordedEntry, ToldMessage } from '../history.js';
import type { IndexedHistory } from '../indexed-history.js';
import { placesOf } from '../places.js';

/** 2: nothing received that nobody sent there. */
export const nothingFromNowhere: Clause[] = [
  { invariant: 2, says: 'what was received was sent there, by that sender, with that body', look: lookAtReceived },
  { invariant: 2, says: 'what is stored was sent there, by that sender, with that body', look: lookAtRows },
];

function lookAtReceived(history: IndexedHistory): Finding {
  return judge(history, function* () {
    for (const { receives } of history.streams)
      for (const entry of receives) if (entry.message) yield [entry.message, entry];
  });
}

function lookAtRows(history: IndexedHistory): Finding {
  return judge(history, function* () {
    for (const rows of history.rows.values()) for (const row of rows) yield [row, row];
  });
}

type Told = [message: ToldMessage, entry: Extract<RecordedEntry, { conversation: string }>];

function judge(history: IndexedHistory, told: () => Iterable<Told>): Finding {
  const finding = new Finding();
  const edits = editedBodies(history);
  for (const [message, entry] of told()) {
    // Nobody sends what the server says of itself.
    if (message.sender === null) continue;
    finding.examined += 1;
    const sent = history.commands.get(message.op)?.invoke;
    if (sent?.command !== 'message:send' || sent.conversation !== entry.conversation)
      finding.complain(`nobody sent ${message.op} to ${entry.conversation}`, [entry]);
    else if (sent.user !== message.sender)
      finding.complain(`${message.op} was sent by ${sent.user}, not by ${message.sender}`, [sent, entry]);
    else if (!message.deleted && message.body !== sent.body && !edits.has(bodyKey(message)))
      finding.complain(`nobody wrote the body of ${message.op}`, [sent, entry]);
  }
  return finding;
}

/** Which bodies somebody gave to which message by editing, wherever it stood then. */
function editedBodies(history: IndexedHistory): Set<string> {
  const places = placesOf(history);
  const edits = commandsNamed(history.commands.values(), 'message:edit');
  return new Set(
    edits
      .filter((edit) => isStored(edit) || !isRefused(edit))
      .map(({ invoke }) => bodyKey({ op: places.targetOf(invoke), body: invoke.body })),
  );
}

const bodyKey = ({ op, body }: { op: string | null; body: string }): string => `${op ?? ''} ${body}`;
