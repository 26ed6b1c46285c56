import { commandsNamed } from './commands.js';
import type { InvokeOf } from './history.js';
import type { IndexedHistory } from './indexed-history.js';

export interface PlacedChange {
  invoke: InvokeOf<'message:send' | 'message:edit' | 'message:delete'>;
  /** The change that it became. */
  ver: number;
}

/** What was acknowledged in the last epoch, with its place in the log. */
export const placedChanges = ({ commands, outcomes }: IndexedHistory): PlacedChange[] =>
  commandsNamed(commands.values(), 'message:send', 'message:edit', 'message:delete').flatMap((command) => {
    const [answer] = outcomes.placesOf(command);
    return answer?.ver === undefined ? [] : [{ invoke: command.invoke, ver: answer.ver }];
  });
