import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { HistoryEntry, type RecordedEntry } from './history.js';

/** Throws with the number of the line that is no entry. */
export async function readHistory(file: string): Promise<RecordedEntry[]> {
  const entries: RecordedEntry[] = [];
  const pool = new Map<string, string>();
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    line += 1;
    if (text !== '') entries.push(share(parse(text, `${file}:${line}`), pool));
  }
  return entries;
}

function parse(text: string, place: string): RecordedEntry {
  try {
    const entry = HistoryEntry.parse(JSON.parse(text));
    if (entry.t === undefined) throw new Error('it has no t');
    return entry as RecordedEntry;
  } catch (error) {
    throw new Error(`${place} is no entry of a history: ${(error as Error).message}`, { cause: error });
  }
}

/** Each text once in memory: a message comes to each of its readers anew, and a million copies make every look slow. */
function share<T extends object>(thing: T, pool: Map<string, string>): T {
  const fields = thing as Record<string, unknown>;
  for (const name in fields) {
    const value = fields[name];
    if (typeof value === 'string') fields[name] = shared(value, pool);
    else if (typeof value === 'object' && value !== null) share(value, pool);
  }
  return thing;
}

function shared(text: string, pool: Map<string, string>): string {
  const known = pool.get(text);
  if (known === undefined) pool.set(text, text);
  return known ?? text;
}
