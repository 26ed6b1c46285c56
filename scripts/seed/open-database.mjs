import { createRequire } from 'node:module';

const { say, Complaint } = createRequire(import.meta.url)('../lib/say.cjs');
const server = (file) => import(new URL(`../../apps/server/dist/${file}`, import.meta.url).href);

/** The database that the server of this environment would use, for as long as `work` takes. */
export async function withDatabase(work) {
  const { BootError } = await server('platform/boot-error.js');
  const { readConfig } = await server('config.js');
  const { databaseUrl, dataDir } = readConfig(process.env);
  try {
    if (databaseUrl !== null) return { ...(await work(databaseUrl)), database: 'the database of DATABASE_URL' };
    return { ...(await withEmbedded(dataDir, work)), database: dataDir };
  } catch (error) {
    throw error instanceof BootError ? new Complaint(error.message) : error;
  }
}

/** Holds the data folder like a server, so that neither works on what the other has open. */
async function withEmbedded(path, work) {
  const { openDataDir } = await server('platform/data-dir.js');
  const { startEmbeddedPostgres } = await server('platform/database/embedded-postgres.js');
  const dataDir = await openDataDir(path);
  try {
    const postgres = await startEmbeddedPostgres({ dataDir: path, log: say });
    try {
      return await work(postgres.url);
    } finally {
      await postgres.stop();
    }
  } finally {
    await dataDir.close();
  }
}
