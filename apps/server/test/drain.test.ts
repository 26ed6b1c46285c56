import { v7 as uuidv7 } from 'uuid';
import { expect, it, vi } from 'vitest';
import type { Ack, Output, sendMessage } from '@tertulia/contract';
import { createDatabase } from './support/database.js';
import { Participant } from './support/participant.js';
import { startServer } from './support/server.js';

type Sent = Output<typeof sendMessage>;

it('SIGTERM finishes what is being stored, answers it, tells the sockets, and loses nothing', async () => {
  const database = await createDatabase();
  const env = { SECRET_KEY: 'the same secret for every life of it' };
  const server = await startServer({ databaseUrl: database.url, env });
  const senders = await Promise.all(Array.from({ length: 8 }, (_, index) => Participant.join(server.url, `P${index}`)));
  const { id } = await senders[0]!.group('Hasta luego', senders.slice(1));
  const byes: { after: number }[] = [];
  for (const sender of senders) sender.socket!.on('bye', (bye: { after: number }) => byes.push(bye));
  const bodies = new Map<string, string>();
  const acks: Promise<Ack<Sent> | null>[] = [];
  for (let index = 0; index < 25; index += 1) {
    for (const sender of senders) {
      const op = uuidv7();
      bodies.set(op, `${index}`);
      acks.push(
        sender.emit<Sent>('message:send', { conversation: id, id: op, body: `${index}` }, 5_000).catch(() => null),
      );
    }
    if (index === 12) void server.stop();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const answers = await Promise.all(acks);
  await vi.waitFor(() => expect(server.process.exitCode).toBe(0), 10_000);
  expect(byes).toHaveLength(senders.length);
  const refusals = answers.flatMap((ack) => (ack?.ok === false ? [ack.error.code] : []));
  for (const code of refusals) expect(['moved']).toContain(code);

  const again = await startServer({ databaseUrl: database.url, env });
  const reader = senders[0]!;
  Object.assign(reader, { server: again.url });
  const seqs = new Map<string, number>();
  for (let after = 0, more = true; more;) {
    const page = await reader.history(id, `?after=${after}&limit=100`);
    for (const message of page.messages) seqs.set(message.id, message.seq);
    after = page.messages.at(-1)?.seq ?? after;
    more = page.hasNewer;
  }
  for (const ack of answers) if (ack?.ok) expect([...seqs.values()]).toContain(ack.data.seq);
  expect(await again.stop()).toBe(0);
});
