import type { WriteBehind } from '../cache/write-behind.js';
import { backoffMs, shouldRetry, Timer } from '../wire/backoff.js';
import type { CallFast } from '../wire/routes.js';

const BATCH_MS = 300;

export interface Mark {
  conversation: string;
  rev: number;
  seq: number;
}

export interface ReadMarksOptions {
  call: CallFast;
  disk: WriteBehind;
  namespace: string;
  random: () => number;
  /** A mark of an earlier run that the server may not have yet. */
  restored: (mark: Mark) => void;
}

/** What this person has read, on its way to the server: batched, repeated until taken, the last only. */
export class ReadMarks {
  private readonly waiting = new Map<string, Mark>();
  private readonly timer = new Timer();
  private attempts = 0;
  private flushing = false;
  private closed = false;

  constructor(private readonly options: ReadMarksOptions) {}

  async load(): Promise<void> {
    const { disk, namespace, restored } = this.options;
    for (const mark of await disk.list<Mark>('meta', `${namespace}read|`)) {
      if (!this.waiting.has(mark.conversation)) this.waiting.set(mark.conversation, mark);
      restored(mark);
    }
  }

  mark(mark: Mark): void {
    this.waiting.set(mark.conversation, mark);
    this.options.disk.put('meta', this.key(mark), () => mark);
    if (!this.timer.running) this.timer.set(BATCH_MS, () => void this.flush());
  }

  /** Now: the connection is back. */
  async flush(): Promise<void> {
    if (this.flushing || this.closed) return;
    this.flushing = true;
    this.timer.clear();
    const all = await Promise.all([...this.waiting.values()].map((mark) => this.push(mark)));
    this.flushing = false;
    if (this.waiting.size > 0) this.later(all.includes(false));
  }

  private later(failed: boolean): void {
    if (this.closed) return;
    this.timer.set(failed ? backoffMs(this.attempts++, this.options.random) : BATCH_MS, () => void this.flush());
  }

  close(): void {
    this.closed = true;
    this.timer.clear();
  }

  /** False: try again later. */
  private async push(mark: Mark): Promise<boolean> {
    try {
      await this.options.call('markRead', mark);
      this.attempts = 0;
    } catch (error) {
      if (shouldRetry(error)) return false;
    }
    if (this.waiting.get(mark.conversation) === mark) {
      this.waiting.delete(mark.conversation);
      this.options.disk.delete('meta', this.key(mark));
    }
    return true;
  }

  private key({ conversation }: Mark): string {
    return `${this.options.namespace}read|${conversation}`;
  }
}
