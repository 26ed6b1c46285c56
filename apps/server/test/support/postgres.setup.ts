import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded-postgres.js';

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: string;
  }
}

/**
 * One PostgreSQL for all the files of a project; each test takes a database of its own (see database.ts). TEST_POSTGRES
 * names another one, to see that an older version does: an address with the rights of a superuser.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const own = process.env['TEST_POSTGRES'];
  if (own !== undefined) {
    project.provide('postgres', own);
    return () => Promise.resolve();
  }
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'tertulia-postgres-'));
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined, fsync: false });
  project.provide('postgres', postgres.url);
  return async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
