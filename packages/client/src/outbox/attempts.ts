import type { CommandError } from '../api.js';
import type { Channel } from '../ports.js';
import type { AcknowledgedSends } from './acknowledged.js';
import { messageOf, type Entry, type Place, type SendEntry } from './entry.js';
import { isUntried, type Held } from './held.js';
import type { OutboxHint } from './hint.js';
import type { Placed } from './placed.js';
import type { Queue } from './queue.js';

export interface AttemptsOptions {
  deliver: (entry: Entry) => Promise<Place>;
  channel: Pick<Channel, 'post'> | null;
}

/** One command to the server: written down as attempted, asked, and what follows from the answer. */
export class Attempts {
  private closed = false;

  constructor(
    private readonly options: AttemptsOptions,
    private readonly queue: Queue,
    private readonly placed: Placed,
    private readonly acknowledged: AcknowledgedSends,
  ) {}

  close(): void {
    this.closed = true;
  }

  /** Throws what the server or the way to it refused with. */
  async attempt(entry: Entry): Promise<void> {
    const tried: Entry = { ...entry, attempted: true };
    this.queue.keep({ entry: tried, phase: 'sending' });
    if (entry.attempted !== true) await this.queue.write([tried]);
    // Dropped meanwhile, or its numbers were forgotten.
    if (this.queue.get(entry.id)?.entry !== tried) {
      this.comeBack(entry);
      return;
    }
    let place: Place;
    try {
      place = await this.options.deliver(tried);
    } catch (error) {
      this.comeBack(entry);
      throw error;
    }
    await this.done(tried, place);
  }

  private comeBack({ id }: Entry): void {
    const held = this.queue.get(id);
    if (held?.phase === 'sending') this.queue.keep({ ...held, phase: 'waiting' });
  }

  private async done(entry: Entry, place: Place): Promise<void> {
    const held = this.queue.get(entry.id);
    const resolved = this.acknowledge(held, place);
    this.options.channel?.post({ type: 'sent', id: entry.id, place } satisfies OutboxHint);
    // One that is gone was taken back meanwhile, or the log was faster and it is recorded.
    const recorded = entry.kind === 'send' && held !== undefined ? [this.acknowledged.record(entry)] : [];
    await this.queue.write(resolved, [entry], recorded);
    if (entry.kind !== 'send') await this.acknowledged.changed(entry.of, entry.kind === 'edit' ? entry.body : null);
  }

  /** Another tab had it acknowledged. */
  heard(id: string, place: Place): void {
    const held = this.queue.get(id);
    if (held?.entry.kind === 'send') this.acknowledged.know(held.entry);
    this.acknowledge(held, place);
  }

  /** Gives the commands that wait for what is known now. */
  private acknowledge(held: Held | undefined, place: Place): Entry[] {
    if (held === undefined || this.closed) return [];
    this.placed.keep({ ...held, phase: 'sent', place });
    // What was written over my own words goes over them as they are stored now.
    return this.placed.resolve(messageOf(held.entry), place, ({ attempted }) => attempted !== true);
  }

  /** Refused for good. */
  async fail(entry: Entry, { code, data }: CommandError): Promise<void> {
    const held = this.queue.get(entry.id);
    if (held === undefined || code === 'offline') return;
    // There is no more to be done: what may not be cancelled cannot be sent either.
    if (entry.kind === 'cancel') return this.forget([entry]);
    // A later edit has the words that count.
    if (entry.kind === 'edit' && this.queue.changesOf(entry.conversation, entry.of).some(isUntried))
      return this.forget([entry]);
    const failed: Entry = { ...held.entry, state: 'failed', error: code };
    if (failed.kind === 'edit' && typeof data['ver'] === 'number') failed.base = data['ver'];
    const folded = failed.kind === 'send' ? this.foldInto(failed) : [];
    this.queue.keep({ entry: failed, phase: 'waiting' });
    await this.forget(folded, [failed]);
    this.options.channel?.post({ type: 'changed' } satisfies OutboxHint);
  }

  /** What waited behind a refused message cannot go out without it: the message takes the last words. */
  private foldInto(failed: SendEntry): Entry[] {
    const edits = this.queue.changesOf(failed.conversation, failed.id).map(({ entry }) => entry);
    const last = edits.findLast((entry) => entry.kind === 'edit');
    if (last?.kind === 'edit') failed.body = last.body;
    return edits;
  }

  /** Done with, here and in the other tabs; `instead` is stored in the same write. */
  async forget(entries: readonly Entry[], instead: readonly Entry[] = []): Promise<void> {
    for (const { id } of entries) {
      this.placed.drop(id);
      this.options.channel?.post({ type: 'discarded', id } satisfies OutboxHint);
    }
    await this.queue.write(instead, entries);
  }
}
