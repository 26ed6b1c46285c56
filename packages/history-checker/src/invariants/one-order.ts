import { Finding, type Clause } from '../finding.js';
import { groupBy, innerMap } from '../group-by.js';
import type { EntryOf, RecordedEntry } from '../history.js';
import type { IndexedHistory } from '../indexed-history.js';
import { placedChanges, type PlacedChange } from '../placed-changes.js';
import { forEachTelling, type Space } from '../tellings.js';

/** How long a hole may be shown while what is missing is being fetched. */
const SHOWN_MS = 1_000;

/** 5: all clients at all times agree on seq → message, no hole shown. */
export const oneOrder: Clause[] = [
  { invariant: 5, says: 'everybody at all times saw the same message at a place', look: lookAtPlaces },
  { invariant: 5, says: 'no client left out a change', look: lookAtStreams },
  { invariant: 5, says: 'a connection heard everything from when it was ready', look: lookAtBeginnings },
  { invariant: 5, says: `no hole was shown for more than ${SHOWN_MS} ms`, look: lookAtHoles },
];

function lookAtPlaces(history: IndexedHistory): Finding {
  const finding = new Finding();
  const places = new Map<Space, Map<number, { op: string; entry: RecordedEntry }>>();
  forEachTelling(history, (space, { seq, op }, entry) => {
    finding.examined += 1;
    const known = innerMap(places, space);
    const first = known.get(seq);
    if (!first) known.set(seq, { op, entry });
    else if (first.op !== op)
      finding.complain(
        `place ${seq} was ${first.op} for one and ${op} for another`,
        [first.entry, entry],
        'disordered',
      );
  });
  return finding;
}

function lookAtStreams(history: IndexedHistory): Finding {
  const finding = new Finding();
  const restarts = new Restarts(history.of('reset'), history.of('epoch'));
  for (const { client, conversation, receives } of history.streams) {
    const changes = receives.filter(({ via }) => via !== 'page');
    for (let index = 1; index < changes.length; index += 1) {
      const [before, after] = [changes[index - 1]!, changes[index]!];
      finding.examined += 1;
      if (after.ver <= before.ver + 1 || restarts.between(client, conversation, before.t, after.t)) continue;
      finding.complain(`${client} went from change ${before.ver} to ${after.ver}`, [before, after], 'lost');
    }
  }
  return finding;
}

/** Where a client forgot what it held: there its cursor may jump. */
class Restarts {
  private readonly times: Map<string, number[]>;

  constructor(resets: readonly EntryOf<'reset'>[], epochs: readonly EntryOf<'epoch'>[]) {
    const moments = [
      ...resets.map(({ client, conversation, t }) => ({ key: `${client} ${conversation}`, t })),
      ...epochs.map(({ client, t }) => ({ key: client, t })),
    ];
    const groups = groupBy(moments, ({ key }) => key);
    this.times = new Map([...groups].map(([key, own]) => [key, own.map(({ t }) => t)]));
  }

  between(client: string, conversation: string, from: number, to: number): boolean {
    const times = [client, `${client} ${conversation}`].flatMap((key) => this.times.get(key) ?? []);
    return times.some((t) => t >= from && t <= to);
  }
}

/**
 * A connection keeps no cursor, so what it hears first may have any ver. But what somebody began to say when it was ready
 * already, was acknowledged, and stands before that, should have been heard first.
 */
function lookAtBeginnings(history: IndexedHistory): Finding {
  const finding = new Finding();
  const beginnings = groupBy([...history.of('epoch'), ...history.of('reset')], ({ client }) => client);
  const placed = groupBy(placedChanges(history), ({ invoke }) => invoke.conversation);
  for (const { client, conversation, receives } of history.streams) {
    const first = receives[0]!;
    if (receives.some(({ via }) => via !== 'live')) continue;
    const ready = beginnings.get(client)?.findLast((entry) => entry.t <= first.t && isAbout(entry, conversation));
    if (ready?.type !== 'epoch' || ready.epoch !== history.epochs.last) continue;
    finding.examined += 1;
    const stay = history.memberships.of(conversation, first.user).find(({ leftVer }) => leftVer > first.ver);
    // Of a stay that is over its beginning may be unknown.
    if (!stay || stay.joinedVer < 0) continue;
    const isMissing = ({ invoke, ver }: PlacedChange): boolean =>
      invoke.t > ready.t && ver > stay.joinedVer && ver < first.ver;
    const missing = placed.get(conversation)?.find(isMissing);
    if (!missing) continue;
    const message = `${client} was ready when change ${missing.ver} was begun, and heard ${first.ver} first`;
    finding.complain(message, [ready, missing.invoke, first], 'lost');
  }
  return finding;
}

const isAbout = (entry: EntryOf<'epoch' | 'reset'>, conversation: string): boolean =>
  entry.type === 'epoch' || entry.conversation === conversation;

function lookAtHoles(history: IndexedHistory): Finding {
  const finding = new Finding();
  for (const hole of history.of('hole')) {
    finding.examined += 1;
    if (hole.shownMs > SHOWN_MS)
      finding.complain(`${hole.client} showed a hole before ${hole.seq} for ${hole.shownMs} ms`, [hole]);
  }
  return finding;
}
