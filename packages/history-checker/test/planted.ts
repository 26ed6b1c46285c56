import { check } from '../src/check.js';
import type { Violation } from '../src/finding.js';
import type { EntryOf, RecordedEntry, ToldMessage } from '../src/history.js';
import { rightRun } from './right-run.js';

/** A right run in which something was made wrong, as the checker sees it. */
export function planted(spoil: (run: Run) => void): Violation[] {
  const run = new Run(rightRun());
  spoil(run);
  return [...check(run.entries).violations];
}

export class Run {
  constructor(readonly entries: RecordedEntry[]) {}

  /** The first entry of this type with these fields; throws if there is none, so that no plant is planted in nothing. */
  the<T extends RecordedEntry['type']>(type: T, fields: object = {}): EntryOf<T> {
    return this.all(type, fields)[0] ?? raise(`no ${type} with ${JSON.stringify(fields)}`);
  }

  all<T extends RecordedEntry['type']>(type: T, fields: object = {}): EntryOf<T>[] {
    return this.entries.filter((entry): entry is EntryOf<T> => entry.type === type && includes(entry, fields));
  }

  drop(entry: RecordedEntry): void {
    this.entries.splice(this.entries.indexOf(entry), 1);
  }

  /** Two messages change places, for everybody and everywhere. */
  swap(one: number, other: number): void {
    const ops = [one, other].map((seq) => this.the('row', { seq }).op);
    const told = [...this.all('receive').map(({ message }) => message), ...this.all('state').flatMap(allOf)];
    for (const placed of [...this.all('row'), ...told, ...this.all('complete', { outcome: 'stored' })])
      if (placed && 'seq' in placed && ops.includes(placed.op)) placed.seq = placed.seq === one ? other : one;
    for (const { messages } of this.all('state')) messages.sort((a, b) => a.seq - b.seq);
  }

  /** The op of the message with this body, as it was sent. */
  opOf(body: string): string {
    return this.the('invoke', { command: 'message:send', body }).op;
  }

  get end(): number {
    return this.entries.at(-1)!.t;
  }
}

const allOf = ({ messages }: EntryOf<'state'>): ToldMessage[] => messages;

const includes = (whole: object, part: object): boolean =>
  Object.entries(part).every(([name, value]) => {
    const own = (whole as Record<string, unknown>)[name];
    return typeof value === 'object' && value !== null ? includes(own ?? {}, value as object) : own === value;
  });

function raise(message: string): never {
  throw new Error(message);
}
