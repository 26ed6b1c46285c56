import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { createDatabase } from '../apps/server/test/support/database.js';
import { startServer } from '../apps/server/test/support/server.js';

it('a connection that a browser opened ahead and never used does not hold up the end of the server', async () => {
  const server = await startServer({ databaseUrl: (await createDatabase()).url });
  const ahead = connect(Number(new URL(server.url).port), '127.0.0.1');
  await once(ahead, 'connect');
  ahead.on('error', () => undefined);
  const since = performance.now();
  expect(await server.stop()).toBe(0);
  expect(performance.now() - since).toBeLessThan(8_000);
});
