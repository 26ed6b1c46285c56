import type { CancelEntry, DeleteEntry, EditEntry, Entry, Place } from './entry.js';
import type { Held } from './held.js';
import type { Queue } from './queue.js';

/** How long what was acknowledged waits to be seen in the log: it may be in no conversation that is followed here. */
const PLACE_MS = 5_000;

/** What is acknowledged stays visible until the log shows it, and tells what waits behind it where its message stands. */
export class Placed {
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly queue: Queue,
    private readonly followed: (conversation: string) => number,
  ) {}

  keep(held: Held): void {
    const { id, kind, conversation } = held.entry;
    const isSeen = kind !== 'send' && this.followed(conversation) >= (held.place?.ver ?? 0);
    if (kind === 'cancel' || isSeen) {
      this.drop(id);
      return;
    }
    this.queue.keep(held);
    clearTimeout(this.timers.get(id));
    this.timers.set(
      id,
      setTimeout(() => this.drop(id), PLACE_MS),
    );
  }

  drop(id: string): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
    this.queue.drop(id);
  }

  /** The log is here up to this change: edits and deletions up to it are seen. */
  reached(conversation: string, ver: number): void {
    for (const { entry, phase, place } of this.queue.all)
      if (phase === 'sent' && entry.kind !== 'send' && entry.conversation === conversation && (place?.ver ?? 0) <= ver)
        this.drop(entry.id);
  }

  /** The message stands there. Gives the entries that know more now. */
  resolve(
    message: string,
    { seq, ver }: Place,
    which: (entry: EditEntry | DeleteEntry | CancelEntry) => boolean,
  ): Entry[] {
    const resolved: Entry[] = [];
    for (const { entry, phase } of this.queue.all) {
      if (entry.kind === 'send' || entry.of !== message || phase !== 'waiting' || entry.state === 'failed') continue;
      if (!which(entry)) continue;
      const next: Entry = entry.kind === 'edit' ? { ...entry, seq, base: ver } : { ...entry, seq };
      this.queue.keep({ entry: next, phase });
      resolved.push(next);
    }
    return resolved;
  }

  /** Gives the entries that know less now; what is on its way may come back and be sent again. */
  forget(): Entry[] {
    const lost: Entry[] = [];
    for (const { entry, phase } of this.queue.all) {
      if (entry.kind === 'send' || phase === 'sent') continue;
      const next = withoutPlace(entry);
      this.queue.keep({ entry: next, phase });
      lost.push(next);
    }
    return lost;
  }

  close(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
  }
}

/** A message is taken back by its id, wherever it stands and also if it is nowhere; for an edit it must be found again. */
function withoutPlace(entry: EditEntry | DeleteEntry | CancelEntry): Entry {
  const next: EditEntry | DeleteEntry | CancelEntry = { ...entry };
  delete next.seq;
  if (next.kind === 'edit') delete next.base;
  return next.kind === 'delete' && next.state === 'queued' ? { ...next, kind: 'cancel' } : next;
}
