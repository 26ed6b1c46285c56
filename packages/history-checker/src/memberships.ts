import { commandsNamed, storedAnswers, type Command } from './commands.js';
import { groupBy } from './group-by.js';
import type { EntryOf, InvokeOf } from './history.js';
import type { Outcomes } from './outcomes.js';

/** Somebody was in from `joinedVer` on, and saw messages from `fromSeq` on, until `leftVer`, which they did not see. */
export interface Membership {
  joinedVer: number;
  leftVer: number;
  fromSeq: number;
  /** Nobody had asked for it before this moment. */
  askedAt: number;
}

interface Sources {
  members: readonly EntryOf<'member'>[];
  changes: readonly EntryOf<'change'>[];
  commands: readonly Command[];
  outcomes: Outcomes;
}

/** Who was in which conversation in the last epoch, and when by ver: from the rows of members, the change log and what was acknowledged. */
export class Memberships {
  private readonly rows: Map<string, EntryOf<'member'>[]>;
  private readonly leaves: Map<string, number[]>;
  private readonly additions: Map<string, Command<InvokeOf<'member:add'>>[]>;
  private readonly intervals = new Map<string, Membership[]>();
  private readonly known: Set<string>;

  constructor({ members, changes, commands, outcomes }: Sources) {
    this.rows = groupBy(members, keyOf);
    this.leaves = new Map(
      [...groupBy(leavesIn({ changes, commands, outcomes }), keyOf)].map(([key, all]) => [key, versOf(all)]),
    );
    this.additions = groupBy(commandsNamed(commands, 'member:add'), ({ invoke }) => invoke.conversation);
    this.known = new Set(members.map(({ conversation }) => conversation));
  }

  /** Does the history say who the members were? */
  areKnown(conversation: string): boolean {
    return this.known.has(conversation);
  }

  /** By ver. Empty: never a member. */
  of(conversation: string, user: string): readonly Membership[] {
    const key = keyOf({ conversation, user });
    let intervals = this.intervals.get(key);
    if (!intervals) this.intervals.set(key, (intervals = this.build(conversation, user)));
    return intervals;
  }

  /** The row as it was found last. */
  rowOf(conversation: string, user: string): EntryOf<'member'> | undefined {
    return this.rows.get(keyOf({ conversation, user }))?.at(-1);
  }

  private build(conversation: string, user: string): Membership[] {
    const key = keyOf({ conversation, user });
    const rows = new Map((this.rows.get(key) ?? []).map((row) => [row.joinedVer, row]));
    const leaves = new Set(this.leaves.get(key) ?? []);
    for (const { leftVer } of rows.values()) if (leftVer !== null) leaves.add(leftVer);
    const intervals = [...rows.values()].map((row) => ({
      joinedVer: row.joinedVer,
      leftVer: row.leftVer ?? Math.min(Infinity, ...[...leaves].filter((ver) => ver > row.joinedVer)),
      fromSeq: row.fromSeq,
    }));
    // Of a stay before the one that the row tells of, only its end is known.
    const earlier = [...leaves]
      .filter((ver) => intervals.every(({ joinedVer, leftVer }) => ver < joinedVer || ver > leftVer))
      .map((leftVer) => ({ joinedVer: -1, leftVer, fromSeq: 1 }));
    return [...earlier, ...intervals]
      .sort((a, b) => a.leftVer - b.leftVer)
      .map((interval, index) => ({
        ...interval,
        askedAt: index === 0 ? -Infinity : this.askedAt(conversation, user, interval.joinedVer),
      }));
  }

  /** The addition whose last change is the first at or after the joining. */
  private askedAt(conversation: string, user: string, joinedVer: number): number {
    let found = { ver: Infinity, t: -Infinity };
    for (const addition of this.additions.get(conversation) ?? []) {
      const ver = storedAnswers(addition)[0]?.ver;
      if (ver === undefined || ver < joinedVer || ver >= found.ver || !addition.invoke.users.includes(user)) continue;
      found = { ver, t: addition.invoke.t };
    }
    return found.t;
  }
}

const keyOf = ({ conversation, user }: { conversation: string; user: string }): string => `${conversation} ${user}`;
const versOf = (all: { ver: number }[]): number[] => all.map(({ ver }) => ver);

/**
 * Where people left. The change log says it exactly; without it an acknowledged removal names the last change it made,
 * and nothing from there on is for the one who was removed.
 */
function leavesIn({
  changes,
  commands,
  outcomes,
}: Omit<Sources, 'members'>): { conversation: string; user: string; ver: number }[] {
  const logged = new Set(changes.map(({ conversation }) => conversation));
  const exact = changes.flatMap(({ conversation, user, ver, kind }) =>
    kind === 'left' && user !== null ? [{ conversation, user, ver }] : [],
  );
  const acknowledged = commandsNamed(commands, 'member:remove', 'member:leave')
    .filter(({ invoke }) => !logged.has(invoke.conversation))
    .flatMap((command) => {
      const { invoke } = command;
      const ver = outcomes.placesOf(command)[0]?.ver;
      const users = invoke.command === 'member:leave' ? [invoke.user] : invoke.users;
      return ver === undefined ? [] : users.map((user) => ({ conversation: invoke.conversation, user, ver }));
    });
  return [...exact, ...acknowledged];
}
