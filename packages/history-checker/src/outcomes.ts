import { isFinal, storedAnswers, type Command, type StoredAnswer } from './commands.js';
import type { Epochs } from './epochs.js';

/** `open`: the final rows may know of it or not. */
export type Outcome = 'stored' | 'refused' | 'open';

/** What the final rows must know of a command. */
export class Outcomes {
  constructor(private readonly epochs: Epochs) {}

  /**
   * The last epoch that answered counts. A send that was acknowledged in an earlier one is offered again, so it is stored;
   * whatever else was acknowledged there is left if the copy that was put back had it.
   */
  of(command: Command): Outcome {
    const definite = command.answers.filter(isFinal);
    const last = definite.at(-1);
    if (!last) return 'open';
    const epoch = this.epochs.of(last);
    const isStored = definite.some((answer) => answer.outcome === 'stored' && this.epochs.of(answer) === epoch);
    if (!isStored) return 'refused';
    return epoch === this.epochs.last || command.invoke.command === 'message:send' ? 'stored' : 'open';
  }

  /** Those whose numbers are the ones of the final rows. */
  placesOf(command: Command): StoredAnswer[] {
    return storedAnswers(command).filter(({ client, t }) => this.epochs.isLast(client, t));
  }
}
