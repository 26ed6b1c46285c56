import { createRequire } from 'node:module';
import { checkHistory } from '../../scripts/seed/check-history.mjs';

const pg = createRequire(new URL('../../apps/server/package.json', import.meta.url))('pg');

/** After all the load the database must hold what it should: figures of a server that loses things are void. */
export async function requireSoundHistory(stage) {
  if (!stage.has('tertulia')) return;
  const { databaseUrl } = await stage.tertulia();
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    const complaints = await checkHistory(client);
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
  } finally {
    await client.end();
  }
}
