import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { HistoryEntry, RecordedEntry, ToldMessage } from './history.js';

/** A string of all of them could be longer than a string may be. */
const LINES_AT_ONCE = 10_000;

/** Writes down a history. Give `t` where a thing is added later than it happened. */
export class Recorder {
  readonly entries: RecordedEntry[] = [];
  private readonly told = new Map<string, ToldMessage>();

  now(): number {
    return Math.round(performance.now() * 1000);
  }

  add(entry: HistoryEntry): void {
    const t = entry.t ?? this.now();
    this.entries.push(
      entry.type === 'receive' ? { ...entry, t, message: this.shared(entry.message) } : { ...entry, t },
    );
  }

  /** The last telling of a message, if it was the same: everybody is told the same, and there may be a million of them. */
  private shared(message: ToldMessage | null): ToldMessage | null {
    if (message === null) return null;
    const known = this.told.get(message.op);
    if (known !== undefined && isDeepStrictEqual(known, message)) return known;
    this.told.set(message.op, message);
    return message;
  }

  /** As JSON lines, for whoever wants to read what happened. */
  save(file: string): void {
    mkdirSync(path.dirname(file), { recursive: true });
    for (let from = 0; from < this.entries.length; from += LINES_AT_ONCE) {
      const lines = this.entries.slice(from, from + LINES_AT_ONCE).map((entry) => `${JSON.stringify(entry)}\n`);
      appendFileSync(file, lines.join(''));
    }
  }
}
