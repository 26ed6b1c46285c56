import { storedAnswers } from './commands.js';
import type { Epochs } from './epochs.js';
import { innerMap } from './group-by.js';
import type { InvokeOf } from './history.js';
import type { IndexedHistory } from './indexed-history.js';
import { forEachTelling } from './tellings.js';

type Change = InvokeOf<'message:edit' | 'message:delete' | 'message:cancel'>;

/** Which message stood where, in each epoch. Where they disagree, the first that is told counts: rows before all others. */
class Places {
  private readonly ops = new Map<string, Map<string, Map<number, string>>>();

  private readonly epochs: Epochs;

  constructor(history: IndexedHistory) {
    this.epochs = history.epochs;
    forEachTelling(history, ({ conversation, epoch }, { seq, op }) => this.learn(conversation, epoch, seq, op));
    for (const send of history.sends)
      for (const answer of storedAnswers(send))
        if (answer.seq !== undefined)
          this.learn(send.invoke.conversation, this.epochs.of(answer), answer.seq, send.invoke.op);
  }

  /** The message that its writer meant, by its op. Null: nobody was ever told it. */
  targetOf(change: Change): string | null {
    if (change.command === 'message:cancel') return change.message;
    const { conversation, client, t, seq } = change;
    return this.ops.get(conversation)?.get(this.epochs.at(client, t))?.get(seq) ?? null;
  }

  private learn(conversation: string, epoch: string, seq: number, op: string): void {
    const places = innerMap(innerMap(this.ops, conversation), epoch);
    if (!places.has(seq)) places.set(seq, op);
  }
}

const known = new WeakMap<IndexedHistory, Places>();

/** Made when they are first asked for. */
export function placesOf(history: IndexedHistory): Places {
  const places = known.get(history) ?? new Places(history);
  known.set(history, places);
  return places;
}
