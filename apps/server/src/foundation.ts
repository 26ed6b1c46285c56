import type { Config } from './config.js';
import { openDataDir } from './platform/data-dir.js';
import { startEmbeddedPostgres } from './platform/database/embedded-postgres.js';
import { migrate } from './platform/database/migrate.js';
import type { Logger } from './platform/logging/logger.js';

/** Undone in reverse order: PostgreSQL stops last. */
export type Undo = () => Promise<void>;

/** What every node on this machine stands on, made once. Plain data: it is sent to processes of their own. */
export interface Foundation {
  databaseUrl: string;
  /** Hexadecimal; the first signs. */
  secrets: string[];
}

export async function layFoundation(config: Config, logger: Logger, undo: Undo[]): Promise<Foundation> {
  const dataDir = await openDataDir(config.dataDir);
  undo.push(() => dataDir.close());
  const databaseUrl = config.databaseUrl ?? (await embedded(config, logger, undo));
  await migrate(databaseUrl);
  const secrets = config.secrets?.map((secret) => Buffer.from(secret)) ?? (await dataDir.secrets());
  return { databaseUrl, secrets: secrets.map((secret) => secret.toString('hex')) };
}

async function embedded(config: Config, logger: Logger, undo: Undo[]): Promise<string> {
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, log: (line) => logger.info(line) });
  undo.push(() => postgres.stop());
  return postgres.url;
}

export async function undoAll(undo: Undo[]): Promise<void> {
  for (let step = undo.pop(); step; step = undo.pop()) await step();
}
