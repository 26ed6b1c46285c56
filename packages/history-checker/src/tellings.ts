import type { EntryOf, ToldMessage } from './history.js';
import type { IndexedHistory } from './indexed-history.js';

/** Within one conversation in one epoch, a seq names one message. */
export interface Space {
  conversation: string;
  epoch: string;
}

type Telling = (space: Space, message: ToldMessage, entry: EntryOf<'row' | 'receive' | 'state'>) => void;

/** Everything that anybody was told of a message: rows, what was received, what is held. The same space is the same object. */
export function forEachTelling(history: IndexedHistory, tell: Telling): void {
  const { epochs } = history;
  const spaceOf = spaces();
  for (const [conversation, rows] of history.rows) {
    const space = spaceOf(conversation, epochs.last);
    for (const row of rows) tell(space, row, row);
  }
  for (const { client, conversation, receives } of history.streams)
    for (const entry of receives)
      if (entry.message) tell(spaceOf(conversation, epochs.at(client, entry.t)), entry.message, entry);
  for (const entry of history.of('state')) {
    const space = spaceOf(entry.conversation, epochs.at(entry.client, entry.t));
    for (const message of entry.messages) tell(space, message, entry);
  }
}

function spaces(): (conversation: string, epoch: string) => Space {
  const known = new Map<string, Space[]>();
  return (conversation, epoch) => {
    let ofConversation = known.get(conversation);
    if (!ofConversation) known.set(conversation, (ofConversation = []));
    let space = ofConversation.find((one) => one.epoch === epoch);
    if (!space) ofConversation.push((space = { conversation, epoch }));
    return space;
  };
}
