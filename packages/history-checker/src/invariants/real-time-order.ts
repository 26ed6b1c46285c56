import { commandsNamed, storedAnswers, type Command, type StoredAnswer } from '../commands.js';
import { Finding, type Clause } from '../finding.js';
import { groupBy } from '../group-by.js';
import type { InvokeOf } from '../history.js';
import type { IndexedHistory } from '../indexed-history.js';

/** 6: real-time and per-sender order. */
export const realTimeOrder: Clause[] = [
  { invariant: 6, says: 'what was acknowledged before another was sent stands before it', look: lookAtRealTime },
  { invariant: 6, says: 'what one sender sent stands in the order of sending', look: lookAtSenders },
  { invariant: 6, says: 'every client takes changes in the order of ver', look: lookAtStreams },
];

interface Placed {
  invoke: InvokeOf<'message:send'>;
  answer: StoredAnswer;
  seq: number;
}

/**
 * By conversation, by seq. What was sent again into another epoch has no place in real time any more; and the place of
 * what was cancelled may have been reserved by the cancel, long after others were sent.
 */
function placedSends({ sends, epochs, commands }: IndexedHistory): Map<string, Placed[]> {
  const cancels = commandsNamed(commands.values(), 'message:cancel');
  const cancelled = new Set(cancels.map(({ invoke }) => invoke.message));
  const placeOf = (send: Command<InvokeOf<'message:send'>>): Placed[] => {
    const answers = storedAnswers(send);
    const [answer] = answers;
    if (answer?.seq === undefined || !answers.every(({ client, t }) => epochs.isLast(client, t))) return [];
    return [{ invoke: send.invoke, answer, seq: answer.seq }];
  };
  const kept = sends.filter(({ invoke }) => !cancelled.has(invoke.op));
  const placed = kept.flatMap(placeOf).sort((a, b) => a.seq - b.seq);
  return groupBy(placed, ({ invoke }) => invoke.conversation);
}

function lookAtRealTime(history: IndexedHistory): Finding {
  const finding = new Finding();
  for (const placed of placedSends(history).values()) {
    let latest: Placed | null = null;
    for (const send of placed) {
      finding.examined += 1;
      if (latest && send.answer.t < latest.invoke.t)
        finding.complain(
          `${send.invoke.op} was acknowledged before ${latest.invoke.op} was sent, and stands after it`,
          [send.invoke, send.answer, latest.invoke, latest.answer],
          'disordered',
        );
      if (!latest || send.invoke.t > latest.invoke.t) latest = send;
    }
  }
  return finding;
}

function lookAtSenders(history: IndexedHistory): Finding {
  const finding = new Finding();
  for (const placed of placedSends(history).values()) {
    for (const own of groupBy(placed, ({ invoke }) => invoke.client).values()) {
      for (let index = 1; index < own.length; index += 1) {
        const [before, after] = [own[index - 1]!, own[index]!];
        finding.examined += 1;
        if (before.invoke.t <= after.invoke.t) continue;
        const message = `${after.invoke.client} sent ${after.invoke.op} first, and it stands after ${before.invoke.op}`;
        finding.complain(message, [after.invoke, after.answer, before.invoke, before.answer], 'disordered');
      }
    }
  }
  return finding;
}

function lookAtStreams({ streams, epochs }: IndexedHistory): Finding {
  const finding = new Finding();
  for (const { client, receives } of streams) {
    const changes = receives.filter(({ via }) => via !== 'page');
    for (let index = 1; index < changes.length; index += 1) {
      const [before, after] = [changes[index - 1]!, changes[index]!];
      finding.examined += 1;
      if (after.ver >= before.ver || epochs.at(client, after.t) !== epochs.at(client, before.t)) continue;
      finding.complain(`${client} took change ${after.ver} after ${before.ver}`, [before, after], 'disordered');
    }
  }
  return finding;
}
