import type { EntryOf, InvokeOf, RecordedEntry } from './history.js';

type Invoke = EntryOf<'invoke'>;
type Answer = EntryOf<'complete'>;
export type StoredAnswer = Extract<Answer, { outcome: 'stored' }>;

export interface Command<I extends Invoke = Invoke> {
  invoke: I;
  /** By time: the first, and one for each resend. */
  answers: Answer[];
}

/** Each command with its answers, by op. Throws where the recording itself is wrong. */
export function pairCommands(entries: readonly RecordedEntry[]): Map<string, Command> {
  const commands = new Map<string, Command>();
  for (const entry of entries) {
    if (entry.type === 'invoke') {
      if (commands.has(entry.op)) throw new Error(`The op ${entry.op} is begun twice: record a resend as one command.`);
      commands.set(entry.op, { invoke: entry, answers: [] });
    } else if (entry.type === 'complete') {
      const command = commands.get(entry.op);
      if (!command) throw new Error(`The op ${entry.op} is answered and was never begun.`);
      command.answers.push(entry);
    }
  }
  return commands;
}

export const isFinal = ({ outcome }: Answer): boolean => outcome !== 'unknown';

export const storedAnswers = ({ answers }: Command): StoredAnswer[] =>
  answers.filter((answer) => answer.outcome === 'stored');

export const isStored = (command: Command): boolean => command.answers.some(({ outcome }) => outcome === 'stored');

/** Refused for good. */
export const isRefused = (command: Command): boolean => command.answers.some(({ outcome }) => outcome === 'refused');

/** Nobody knows whether it was stored. */
export const isOpen = (command: Command): boolean => !isStored(command) && !isRefused(command);

/** All commands of these names, by the time they began. */
export function commandsNamed<C extends Invoke['command']>(
  commands: Iterable<Command>,
  ...names: C[]
): Command<InvokeOf<C>>[] {
  return [...commands].filter((command): command is Command<InvokeOf<C>> & Command =>
    (names as string[]).includes(command.invoke.command),
  );
}
