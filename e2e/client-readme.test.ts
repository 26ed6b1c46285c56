import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createDatabase } from '../apps/server/test/support/database.js';
import { startServer } from '../apps/server/test/support/server.js';

const example = fileURLToPath(new URL('../packages/client/examples/two-people.mjs', import.meta.url));

it("the client's example lets two people talk", async () => {
  const database = await createDatabase();
  const server = await startServer({ databaseUrl: database.url });
  try {
    const child = spawn(process.execPath, [example, server.url], { timeout: 30_000 });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
    const [code] = (await once(child, 'close')) as [number | null];
    expect(output).toBe('Bea reads: Hello, Bea!\n');
    expect(code).toBe(0);
  } finally {
    await server.stop();
  }
});
