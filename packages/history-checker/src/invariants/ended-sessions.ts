import { commandsNamed, isStored, storedAnswers } from '../commands.js';
import { Finding, type Clause } from '../finding.js';
import { groupBy } from '../group-by.js';
import type { EntryOf } from '../history.js';
import type { IndexedHistory } from '../indexed-history.js';

/** 10: nothing by a revoked session after its bound. */
export const endedSessions: Clause[] = [
  { invariant: 10, says: 'nobody was told anything over a session that had ended', look: lookAtReceives },
  { invariant: 10, says: 'nothing was stored for a session that had ended', look: lookAtCommands },
];

/** Over which session each client spoke, and from when on that session had to be dead. */
class Deadlines {
  private readonly connects: Map<string, EntryOf<'connect'>[]>;
  private readonly ends = new Map<string, { t: number; epoch: string }>();

  constructor(private readonly history: IndexedHistory) {
    this.connects = groupBy(history.of('connect'), ({ client }) => client);
    const used = new Set(history.of('connect').map(({ session }) => session));
    for (const end of commandsNamed(history.commands.values(), 'session:end')) {
      const [answer] = storedAnswers(end);
      if (!answer || !used.has(end.invoke.session)) continue;
      this.ends.set(end.invoke.session, {
        t: answer.t + end.invoke.boundMs * 1_000,
        epoch: history.epochs.of(answer),
      });
    }
  }

  get count(): number {
    return this.ends.size;
  }

  of(client: string, t: number): number {
    const connect = this.connects.get(client)?.findLast((entry) => entry.t <= t);
    const end = connect && this.ends.get(connect.session);
    // An older copy does not know that it has ended.
    return end?.epoch === this.history.epochs.at(client, t) ? end.t : Infinity;
  }
}

function lookAtReceives(history: IndexedHistory): Finding {
  const finding = new Finding();
  const deadlines = new Deadlines(history);
  finding.examined = deadlines.count;
  if (deadlines.count === 0) return finding;
  for (const { client, receives } of history.streams)
    for (const entry of receives)
      if (entry.t > deadlines.of(client, entry.t))
        finding.complain(`${client} was told change ${entry.ver} over a session that had ended`, [entry]);
  return finding;
}

/** What had been sent in time may be answered later; and a resend is answered whatever the session is by then. */
function lookAtCommands(history: IndexedHistory): Finding {
  const finding = new Finding();
  const deadlines = new Deadlines(history);
  finding.examined = deadlines.count;
  if (deadlines.count === 0) return finding;
  for (const command of history.commands.values()) {
    const { invoke, answers } = command;
    if (isStored(command) && invoke.t > deadlines.of(invoke.client, invoke.t))
      finding.complain(`${invoke.op} was stored for a session that had ended`, [invoke, ...answers]);
  }
  return finding;
}
