import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { readConfig, type Config } from './config.js';
import { createApp, type RunningApp } from './create-app.js';
import { BootError } from './platform/boot-error.js';
import { openDataDir, type DataDir } from './platform/data-dir.js';
import { startEmbeddedPostgres } from './platform/database/embedded-postgres.js';
import { migrate } from './platform/database/migrate.js';
import { Origins } from './platform/http/origins.js';
import { createLogger, type Logger } from './platform/logging/logger.js';

/** Undone in reverse order: PostgreSQL stops last. */
type Undo = () => Promise<void>;

/** An orderly stop takes no longer, whatever is stuck: who supervises us would kill us a little later. */
const STOP_MS = 24_000;

/** A repeat within this time is the same Ctrl-C, arriving from the terminal and from npm. */
const SAME_SIGNAL_MS = 2_000;

async function main(): Promise<void> {
  const undo: Undo[] = [];
  const config = readConfig(process.env);
  const logger = createLogger(config.logLevel);
  const booting = boot(config, logger, undo);
  stopOnSignal(booting, undo, logger);
  try {
    await booting;
  } catch (error) {
    await undoAll(undo);
    throw error;
  }
}

async function boot(config: Config, logger: Logger, undo: Undo[]): Promise<void> {
  const dataDir = await openDataDir(config.dataDir);
  undo.push(() => dataDir.close());
  const databaseUrl = config.databaseUrl ?? (await embedded(config, logger, undo));
  await migrate(databaseUrl);
  const running = await createApp(config, {
    databaseUrl,
    dataFolder: config.dataDir,
    logger,
    eventsPerSecond: config.eventsPerSecond,
    origins: new Origins(config.publicUrl?.origin ?? null, config.corsOrigins),
    secret: await secretOf(config, dataDir),
    secure: config.publicUrl?.protocol === 'https:',
    version: version(),
  });
  undo.push(() => running.stop());
  await listen(running.app, config);
}

async function embedded(config: Config, logger: Logger, undo: Undo[]): Promise<string> {
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, log: (line) => logger.info(line) });
  undo.push(() => postgres.stop());
  return postgres.url;
}

async function secretOf(config: Config, dataDir: DataDir): Promise<Buffer> {
  return config.secret === null ? dataDir.secret() : Buffer.from(config.secret);
}

async function listen(app: RunningApp['app'], { host, port, publicUrl }: Config): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
      throw new BootError(
        `Port ${port} is in use by another program. Stop that one, or choose another port: PORT=${port + 1} npm start`,
      );
    }
    if ((error as NodeJS.ErrnoException).code === 'EACCES') {
      throw new BootError(`Port ${port} may not be used by this user. Choose one above 1023: PORT=3000 npm start`);
    }
    throw error;
  }
  const bound = (app.getHttpServer().address() as AddressInfo).port;
  const shown = host === '0.0.0.0' || host === '::' || host === '127.0.0.1' ? 'localhost' : host;
  console.log(`Tertulia is ready: ${publicUrl?.origin ?? `http://${shown}:${bound}`}`);
}

/** A signal during the boot lets it finish first: what is half started could not be undone. */
function stopOnSignal(booting: Promise<void>, undo: Undo[], logger: Logger): void {
  let first = 0;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (first > 0 && Date.now() - first < SAME_SIGNAL_MS) return;
      if (first > 0) process.exit(1);
      first = Date.now();
      console.log('Stopping: finishing what is being stored…');
      booting
        .then(() => {
          setTimeout(() => giveUp(logger), STOP_MS).unref();
          return undoAll(undo);
        })
        .then(
          () => process.exit(0),
          (error: unknown) => {
            logger.fatal({ error: (error as Error).message }, 'could not stop cleanly');
            process.exit(1);
          },
        );
    });
  }
}

function giveUp(logger: Logger): never {
  logger.fatal('could not stop in time: ended where it stood; all that was acknowledged is stored');
  process.exit(1);
}

async function undoAll(undo: Undo[]): Promise<void> {
  for (let step = undo.pop(); step; step = undo.pop()) await step();
}

function version(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

main().catch((error: unknown) => {
  // A sentence for the operator; the stack only where nobody foresaw it.
  console.error(error instanceof BootError ? error.message : error);
  process.exit(1);
});
