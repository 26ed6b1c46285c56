import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { HistoryEntry, type RecordedEntry } from './history.js';

/** Throws with the number of the line that is no entry. */
export async function readHistory(file: string): Promise<RecordedEntry[]> {
  const entries: RecordedEntry[] = [];
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    line += 1;
    if (text !== '') entries.push(parse(text, `${file}:${line}`));
  }
  return entries;
}

function parse(text: string, place: string): RecordedEntry {
  try {
    const { t, ...entry } = HistoryEntry.parse(JSON.parse(text));
    if (t === undefined) throw new Error('it has no t');
    return { ...entry, t };
  } catch (error) {
    throw new Error(`${place} is no entry of a history: ${(error as Error).message}`, { cause: error });
  }
}
