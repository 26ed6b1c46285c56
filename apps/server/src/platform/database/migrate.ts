import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { BootError } from '../boot-error.js';
import { patiently } from './patiently.js';

const OLDEST_SUPPORTED = 14;
const MIGRATIONS = fileURLToPath(new URL('../../../migrations', import.meta.url));
/** Any number that is ours alone. */
const LOCK = 7_483_201;

/** Brings the schema up to date. Several nodes may start at once: the lock lets one of them do it while the others wait. */
export async function migrate(url: string): Promise<void> {
  const client = await patiently(() => connect(url));
  try {
    await requireVersion(client);
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await applyMigrations(drizzle(client), { migrationsFolder: MIGRATIONS });
  } finally {
    await client.end();
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function requireVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
  const major = Math.floor(Number(rows[0]?.server_version_num ?? 0) / 10_000);
  if (major < OLDEST_SUPPORTED) {
    throw new BootError(`DATABASE_URL points at PostgreSQL ${major}; Tertulia needs ${OLDEST_SUPPORTED} or newer.`);
  }
}
