import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';

/**
 * One line of a recorded history, as the history checker reads it: who did or saw what, when by this process's monotonic
 * clock (microseconds). `invoke` and `complete` frame a command; `receive` is a change a client was told; `row` a row found
 * in the database afterwards. docs/realtime-protocol.md, "Recorded histories".
 */
export type HistoryEntry =
  | {
      type: 'invoke';
      op: string;
      client: string;
      user: string;
      conversation: string;
      command: 'message:send';
      body: string;
    }
  | { type: 'complete'; op: string; client: string; outcome: 'stored'; seq: number; ver: number }
  | { type: 'complete'; op: string; client: string; outcome: 'refused' | 'unknown'; code: string }
  | {
      type: 'receive';
      client: string;
      user: string;
      conversation: string;
      ver: number;
      seq: number | null;
      op: string | null;
      via: 'live' | 'sync';
    }
  | { type: 'fault'; what: string }
  | { type: 'row'; conversation: string; seq: number; ver: number; op: string; body: string; at: number };

export class Recorder {
  readonly entries: (HistoryEntry & { t: number })[] = [];

  add(entry: HistoryEntry): void {
    this.entries.push({ t: Math.round(performance.now() * 1000), ...entry });
  }

  /** As JSON lines, for whoever wants to read what happened. */
  save(file: string): void {
    mkdirSync(path.dirname(file), { recursive: true });
    appendFileSync(file, this.entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  }
}
