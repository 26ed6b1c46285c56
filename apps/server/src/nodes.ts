import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { Config } from './config.js';
import { exitInTime } from './exit-in-time.js';
import { undoAll, type Foundation, type Undo } from './foundation.js';
import { BootError } from './platform/boot-error.js';
import { isNote } from './platform/bus/ipc-bus.js';
import type { Logger } from './platform/logging/logger.js';
import { serve } from './serve.js';

/** A node that dies at once again must not keep a core busy. */
const RESTART_MS = 1_000;
/** Sooner than the process that waits for its nodes. */
const STOP_MS = 20_000;
/** What a node says first: a message sent before it listens would be lost. */
const ASKS = 'foundation?';

/**
 * Several nodes on one machine behind one address: this process holds the foundation and hands connections out, a process of
 * its own serves each node. Sockets need no affinity, for there is no transport but the websocket.
 */
export class Nodes {
  private stopping = false;

  constructor(
    private readonly count: number,
    private readonly foundation: Foundation,
    private readonly logger: Logger,
  ) {}

  /** Resolves with the address when all of them listen. One after the other: what stops one would stop all of them. */
  async start(): Promise<string> {
    let address = '';
    for (let node = 0; node < this.count; node += 1) address = await this.startOne();
    return address;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(
      Object.values(cluster.workers ?? {}).map(async (worker) => {
        if (!worker || worker.isDead()) return;
        worker.process.kill('SIGTERM');
        await once(worker, 'exit');
      }),
    );
  }

  private async startOne(): Promise<string> {
    if (this.stopping) return '';
    const worker = cluster.fork();
    worker.on('message', (message: unknown) => {
      if (isNote(message)) passOn(message, worker);
      else if (message === ASKS) worker.send(this.foundation);
    });
    const address = await Promise.race([readyOf(worker), diedOf(worker)]);
    if (address === null) throw new BootError('A node could not start: see above.');
    worker.once('exit', (code, signal) => void this.replace(code, signal));
    return address;
  }

  private async replace(code: number | null, signal: string | null): Promise<void> {
    if (this.stopping) return;
    this.logger.error({ code, signal }, 'a node has ended; another one takes its place');
    await setTimeout(RESTART_MS);
    await this.startOne().catch(() => this.replace(code, signal));
  }
}

function passOn(note: object, from: Worker): void {
  for (const worker of Object.values(cluster.workers ?? {}))
    if (worker && worker !== from && worker.isConnected()) worker.send(note, undefined, () => undefined);
}

function readyOf(worker: Worker): Promise<string> {
  return new Promise((resolve) =>
    worker.on('message', (message: { ready?: string }) => {
      if (typeof message.ready === 'string') resolve(message.ready);
    }),
  );
}

const diedOf = (worker: Worker): Promise<null> => once(worker, 'exit').then(() => null);

/** The process of one node. It stops when it is told to, and when the one that holds its PostgreSQL is gone. */
export async function serveAsNode(config: Config, logger: Logger): Promise<void> {
  const undo: Undo[] = [];
  const answer = once(process, 'message') as Promise<[Foundation]>;
  process.send!(ASKS);
  const [foundation] = await answer;
  let stopping: Promise<void> | null = null;
  const stop = (): void => {
    stopping ??= booting
      .catch(() => undefined)
      .then(() => {
        exitInTime(STOP_MS, logger);
        return undoAll(undo);
      })
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  // A Ctrl-C in a terminal reaches every process: the first one tells this one when it is time.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', stop);
  process.on('disconnect', stop);
  const booting = serve(config, foundation, logger, undo);
  const ready = await booting;
  process.send!({ ready });
}
