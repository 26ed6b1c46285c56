import { CommandError } from '../api.js';
import { askedDelayMs, backoffMs, shouldRetry, Timer } from '../wire/backoff.js';
import { isReady, type EditEntry, type Place } from './entry.js';
import type { Queue } from './queue.js';

/** As long as a message may still be offered again by a device that has it (see `AcknowledgedSends`). */
const KEPT_MS = 24 * 3_600_000;

export interface SearchOptions {
  find: (conversation: string, id: string) => Promise<Place>;
  now: () => number;
  random: () => number;
}

/**
 * Edits that do not know where their message stands ask for it: it may be on no page that is ever loaded. Where there is
 * none, another device may offer it again yet; after a day nobody does, and the edit is dropped.
 */
export class Search {
  private turn = 0;
  private attempts = 0;
  private readonly timer = new Timer();

  constructor(
    private readonly options: SearchOptions,
    private readonly queue: Queue,
    private readonly found: (message: { id: string } & Place) => void,
    private readonly dropped: (entry: EditEntry) => void,
  ) {}

  /** What was asked before is of no interest any more: it may have been another database that answered. */
  begin(): void {
    this.turn += 1;
    this.timer.clear();
    void this.seek(this.turn);
  }

  close(): void {
    this.turn += 1;
    this.timer.clear();
  }

  private async seek(turn: number): Promise<void> {
    try {
      for (const entry of this.lost()) {
        await this.seekOne(entry, turn);
        if (turn !== this.turn) return;
      }
      this.attempts = 0;
    } catch (error) {
      if (turn !== this.turn) return;
      const asked = error instanceof CommandError ? askedDelayMs(error.data) : 0;
      this.timer.set(asked + backoffMs(this.attempts++, this.options.random), () => this.begin());
    }
  }

  /** Throws only what may be asked again. */
  private async seekOne(entry: EditEntry, turn: number): Promise<void> {
    try {
      const place = await this.options.find(entry.conversation, entry.of);
      if (turn === this.turn) this.found({ id: entry.of, ...place });
    } catch (error) {
      if (shouldRetry(error)) throw error;
      if (turn === this.turn && entry.at < this.options.now() - KEPT_MS) this.dropped(entry);
    }
  }

  /** Of a message that waits in here itself, the acknowledgement tells. */
  private lost(): EditEntry[] {
    return this.queue.all
      .map(({ entry }) => entry)
      .filter((entry): entry is EditEntry => entry.kind === 'edit' && entry.state === 'queued' && !isReady(entry))
      .filter(({ of }) => this.queue.get(of) === undefined);
  }
}
