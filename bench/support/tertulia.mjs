import { readFileSync } from 'node:fs';
import path from 'node:path';
import { serverArguments } from '../../scripts/lib/run-server.cjs';
import { postgresPidOf, startProgram, temporaryFolder } from './processes.mjs';

/** Above anything a generator reaches: what is measured is the work, not the brake. */
const UNBRAKED = '100000';

/**
 * The built server as `npm start` runs it, with its own PostgreSQL, fsync on. Its limits on one socket and on
 * registrations from one address are lifted: a single generator stands for many people.
 */
export async function startTertulia({ dataDir = temporaryFolder(), nodeArguments = [], env = {} } = {}) {
  const program = await startProgram(process.execPath, [...nodeArguments, ...serverArguments], {
    PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    TRUST_PROXY: 'true',
    EVENTS_PER_SECOND: UNBRAKED,
    ...env,
  });
  return { ...program, dataDir, postgres: postgresPidOf(dataDir), databaseUrl: databaseUrlOf(dataDir) };
}

function databaseUrlOf(dataDir) {
  const { password, port } = JSON.parse(readFileSync(path.join(dataDir, 'postgres.json'), 'utf8'));
  return `postgres://tertulia:${password}@127.0.0.1:${port}/tertulia`;
}
