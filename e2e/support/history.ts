import { execute } from './database.js';
import type { Person } from './person.js';

/** `line 1.`, `line 2.` …: the full stop keeps line 1 from being found in line 10. */
export const lines = (count: number, first = 1): string[] =>
  Array.from({ length: count }, (_, index) => `line ${first + index}.`);

/** Writes as this person without a browser, in order. */
export async function write(author: Person, conversation: string, texts: readonly string[]): Promise<void> {
  await author.wire.connect();
  for (const text of texts) await author.wire.send(conversation, text);
  author.wire.disconnect();
}

/** Makes the messages of a conversation older: so many on each of the days before today, from nine o'clock on. */
export const spreadOverDays = (url: string, conversation: string, perDay: number, minutesBetween = 1): Promise<void> =>
  execute(
    url,
    `update messages m
        set created_at = date_trunc('day', now()) + interval '9 hours'
            - interval '1 day' * ((c.seq - m.seq) / $2::int + 1)
            + interval '1 minute' * $3::int * ((m.seq - 1) % $2::int)
       from conversations c
      where c.id = m.conversation_id and c.public_id = $1`,
    [conversation, perDay, minutesBetween],
  );

/** All messages of a conversation are as of this moment. */
export const writtenAt = (url: string, conversation: string, moment: string): Promise<void> =>
  execute(
    url,
    `update messages m set created_at = $2 from conversations c where c.id = m.conversation_id and c.public_id = $1`,
    [conversation, moment],
  );
