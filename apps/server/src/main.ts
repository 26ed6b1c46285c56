import 'reflect-metadata';
import cluster from 'node:cluster';
import { parseArgs } from 'node:util';
import { readConfig, type Config } from './config.js';
import { exitInTime } from './exit-in-time.js';
import { layFoundation, undoAll, type Undo } from './foundation.js';
import { Nodes, serveAsNode } from './nodes.js';
import { BootError } from './platform/boot-error.js';
import { createLogger, type Logger } from './platform/logging/logger.js';
import { serve } from './serve.js';

/** An orderly stop takes no longer, whatever is stuck: who supervises us would kill us a little later. */
const STOP_MS = 24_000;

/** A repeat within this time is the same Ctrl-C, arriving from the terminal and from npm. */
const SAME_SIGNAL_MS = 2_000;
const MAX_NODES = 64;

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const logger = createLogger(config.logLevel);
  if (cluster.isWorker) return serveAsNode(config, logger);
  const nodes = readNodes();
  const undo: Undo[] = [];
  const booting = boot(config, nodes, logger, undo);
  stopOnSignal(booting, undo, logger);
  try {
    await booting;
  } catch (error) {
    await undoAll(undo);
    throw error;
  }
}

async function boot(config: Config, count: number, logger: Logger, undo: Undo[]): Promise<void> {
  const foundation = await layFoundation(config, logger, undo);
  const address =
    count === 1
      ? await serve(config, foundation, logger, undo)
      : await startNodes(new Nodes(count, foundation, logger), undo);
  console.log(`Tertulia is ready: ${address}`);
}

function startNodes(nodes: Nodes, undo: Undo[]): Promise<string> {
  undo.push(() => nodes.stop());
  return nodes.start();
}

function readNodes(): number {
  const { values } = parseArgs({ options: { nodes: { type: 'string', default: '1' } } });
  const count = Number(values.nodes);
  if (Number.isInteger(count) && count >= 1 && count <= MAX_NODES) return count;
  throw new BootError(`--nodes was ${JSON.stringify(values.nodes)}; it must be a whole number from 1 to ${MAX_NODES}.`);
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
          exitInTime(STOP_MS, logger);
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

main().catch((error: unknown) => {
  // A sentence for the operator; the stack only where nobody foresaw it.
  console.error(error instanceof BootError ? error.message : error);
  process.exit(1);
});
