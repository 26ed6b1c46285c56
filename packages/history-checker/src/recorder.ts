import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { HistoryEntry, RecordedEntry, ToldMessage } from './history.js';

/** A string of all of them could be longer than a string may be. */
const LINES_AT_ONCE = 10_000;

/** Writes down a history. Give `t` where a thing is added later than it happened. */
export class Recorder {
  readonly entries: RecordedEntry[] = [];
  /** There may be a million entries: what all were told alike is held once. */
  private readonly messages = new Map<string, ToldMessage>();
  private readonly conversations = new Map<string, string>();

  now(): number {
    return Math.round(performance.now() * 1000);
  }

  add(entry: HistoryEntry): void {
    const t = entry.t ?? this.now();
    if (entry.type === 'receive') {
      const message = entry.message && this.toldBefore(entry.message);
      this.entries.push({ ...entry, t, conversation: this.namedBefore(entry.conversation), message });
    } else if (entry.type === 'state') {
      const messages = entry.messages.map((message) => this.toldBefore(message));
      this.entries.push({ ...entry, t, messages });
    } else this.entries.push({ ...entry, t });
  }

  /** As JSON lines, for whoever wants to read what happened. */
  save(file: string): void {
    mkdirSync(path.dirname(file), { recursive: true });
    for (let from = 0; from < this.entries.length; from += LINES_AT_ONCE) {
      const lines = this.entries.slice(from, from + LINES_AT_ONCE).map((entry) => `${JSON.stringify(entry)}\n`);
      appendFileSync(file, lines.join(''));
    }
  }

  /** The last telling of this message, if it was the same. */
  private toldBefore(message: ToldMessage): ToldMessage {
    const known = this.messages.get(message.op);
    if (known !== undefined && isDeepStrictEqual(known, message)) return known;
    this.messages.set(message.op, message);
    return message;
  }

  private namedBefore(conversation: string): string {
    const known = this.conversations.get(conversation) ?? conversation;
    this.conversations.set(known, known);
    return known;
  }
}
