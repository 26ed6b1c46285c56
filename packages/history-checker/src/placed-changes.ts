import { commandsNamed, storedAnswers } from './commands.js';
import type { InvokeOf } from './history.js';
import type { IndexedHistory } from './indexed-history.js';

export interface PlacedChange {
  invoke: InvokeOf<'message:send' | 'message:edit' | 'message:delete'>;
  /** The change that it became. */
  ver: number;
}

/** What was acknowledged in the last epoch, with its place in the log. */
export const placedChanges = ({ commands, epochs }: IndexedHistory): PlacedChange[] =>
  commandsNamed(commands.values(), 'message:send', 'message:edit', 'message:delete').flatMap((command) => {
    const answer = storedAnswers(command).find(({ client, t }) => epochs.isLast(client, t));
    return answer?.ver === undefined ? [] : [{ invoke: command.invoke, ver: answer.ver }];
  });
