import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import type { HistoryEntry, RecordedEntry } from './history.js';

/** A string of all of them could be longer than a string may be. */
const LINES_AT_ONCE = 10_000;

/** Writes down a history. Give `t` where a thing is added later than it happened. */
export class Recorder {
  readonly entries: RecordedEntry[] = [];

  now(): number {
    return Math.round(performance.now() * 1000);
  }

  add(entry: HistoryEntry): void {
    this.entries.push({ ...entry, t: entry.t ?? this.now() });
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
