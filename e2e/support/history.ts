import { Client } from 'pg';
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

/** Makes the messages of a conversation older, as if they had been written over the days before: `days` for a seq, 0 is today. */
export async function spreadOverDays(
  databaseUrl: string,
  conversation: string,
  perDay: number,
  minutesBetween = 1,
): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `update messages m
          set created_at = date_trunc('day', now()) + interval '9 hours'
              - interval '1 day' * ((c.seq - m.seq) / $2::int + 1)
              + interval '1 minute' * $3::int * ((m.seq - 1) % $2::int)
         from conversations c
        where c.id = m.conversation_id and c.public_id = $1`,
      [conversation, perDay, minutesBetween],
    );
  } finally {
    await client.end();
  }
}
