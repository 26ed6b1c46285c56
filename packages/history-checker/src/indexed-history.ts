import { commandsNamed, pairCommands, type Command } from './commands.js';
import { Epochs } from './epochs.js';
import { groupBy } from './group-by.js';
import type { EntryOf, InvokeOf, RecordedEntry } from './history.js';
import { Memberships } from './memberships.js';
import { Outcomes } from './outcomes.js';

export type Receive = EntryOf<'receive'>;
export type Row = EntryOf<'row'>;
export type State = EntryOf<'state'>;

/** What one client took of one conversation, by time. */
export interface Stream {
  client: string;
  conversation: string;
  receives: Receive[];
}

/** A history, looked through once: every invariant asks here, none goes through it in a quadratic way. */
export class IndexedHistory {
  /** By time; what happened at one moment, as it was recorded. */
  readonly entries: readonly RecordedEntry[];
  readonly commands: ReadonlyMap<string, Command>;
  readonly sends: readonly Command<InvokeOf<'message:send'>>[];
  /** By conversation, by seq. */
  readonly rows: ReadonlyMap<string, readonly Row[]>;
  readonly rowsByOp: ReadonlyMap<string, readonly Row[]>;
  readonly streams: readonly Stream[];
  readonly epochs: Epochs;
  readonly outcomes: Outcomes;
  readonly memberships: Memberships;
  private readonly byType: Map<string, RecordedEntry[]>;

  constructor(entries: readonly RecordedEntry[]) {
    this.entries = [...entries].sort((a, b) => a.t - b.t);
    this.byType = groupBy(this.entries, ({ type }) => type);
    this.commands = pairCommands(this.entries);
    this.sends = commandsNamed(this.commands.values(), 'message:send');
    this.rows = groupBy(
      this.of('row').sort((a, b) => a.seq - b.seq),
      ({ conversation }) => conversation,
    );
    this.rowsByOp = groupBy(this.of('row'), ({ conversation, op }) => opKey(conversation, op));
    this.streams = streamsOf(this.of('receive'));
    this.epochs = new Epochs(this.of('epoch'));
    this.outcomes = new Outcomes(this.epochs);
    this.memberships = new Memberships({
      members: this.of('member'),
      changes: this.of('change'),
      commands: [...this.commands.values()],
      outcomes: this.outcomes,
    });
  }

  of<T extends RecordedEntry['type']>(type: T): EntryOf<T>[] {
    return [...(this.byType.get(type) ?? [])] as EntryOf<T>[];
  }

  /** Was the database looked at after the run? Then whatever is not in it is lost. */
  get hasRows(): boolean {
    return this.byType.has('row') || this.byType.has('counters');
  }

  rowsWith(conversation: string, op: string): readonly Row[] {
    return this.rowsByOp.get(opKey(conversation, op)) ?? [];
  }

  countersOf(conversation: string): EntryOf<'counters'> | undefined {
    return this.of('counters').findLast((entry) => entry.conversation === conversation);
  }

  /** What each client held of each conversation at the end. */
  get finalStates(): State[] {
    const ofClients = this.of('state').filter(({ source }) => source === 'client');
    return [...new Map(ofClients.map((state) => [`${state.client} ${state.conversation}`, state])).values()];
  }
}

const opKey = (conversation: string, op: string): string => `${conversation} ${op}`;

function streamsOf(receives: readonly Receive[]): Stream[] {
  return [...groupBy(receives, ({ client }) => client)].flatMap(([client, own]) =>
    [...groupBy(own, ({ conversation }) => conversation)].map(([conversation, taken]) => ({
      client,
      conversation,
      receives: taken,
    })),
  );
}
