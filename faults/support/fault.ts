import type { Ports } from '../../packages/client/src/ports.js';
import type { Cluster } from './cluster.js';
import type { Crowd } from './crowd.js';
import type { Times } from './deliveries.js';
import type { Load } from './load.js';
import type { Postgres } from './postgres.js';
import type { Random } from './random.js';
import type { Stage } from './stage.js';

/** What a fault has to work with. */
export interface Scene {
  cluster: Cluster;
  crowd: Crowd;
  /** Goes on until it is stopped. */
  load: Load;
  stage: Pick<Stage, 'postgres' | 'redis'>;
  /** Of the fault alone. */
  random: Random;
  /** How long the fault goes on, in milliseconds. */
  duringMs: number;
  /** Writes into the history what is done. */
  strike(what: string): void;
  /** Waited for before the end, but not before the convergence is measured. */
  meanwhile(work: Promise<unknown>): void;
  /** The fault goes on until the verdict is spoken, and is undone then. */
  untilTheEnd(undo: () => Promise<unknown>): void;
  /** What was promised and did not come: the run fails with this sentence. */
  complain(sentence: string): void;
  /** A figure of this fault alone, printed with the others. */
  note(figure: string): void;
}

export interface Measured {
  /** Milliseconds of the monotonic clock. */
  began: number;
  healed: number;
  /** Milliseconds from the end of the fault until everybody shows what was stored then. */
  convergedMs: number;
  /** From the keyboard to the screens. */
  before: Times;
  during: Times;
  after: Times;
  /** See Slowness. */
  slowness: number;
  /** A bound that is meant for a machine that keeps up, as it stands on this one. */
  within(ms: number): number;
}

export interface Fault {
  /** As in the table: F1. */
  id: string;
  /** A sentence, written before the first run: it is the test's name. */
  hypothesis: string;
  /** In the short forms of `npm test` too, for so many seconds. */
  shortSeconds?: number;
  /** Seconds under load when nothing else is said. */
  seconds: number;
  /** Instead of what all others have, where the suite itself has much else to do. */
  commandsPerSecond?: number;
  withoutRedis?: boolean;
  /** Instead of the one that all runs share; stopped at the end. */
  ownPostgres?(): Promise<Postgres>;
  preloads?: readonly string[];
  /** Besides what every node is told. */
  nodeEnv?(index: number): Record<string, string>;
  /** Who has two devices, has two tabs of one browser. */
  tabs?: boolean;
  clientPorts?(index: number): Partial<Ports>;
  /** Done to the empty database, before anybody comes. */
  prepare?(cluster: Cluster): Promise<void>;
  /** Does the damage and heals it. */
  run(scene: Scene): Promise<void>;
  /** Looked at when everybody has converged. */
  judge?(scene: Scene, measured: Measured): void | Promise<void>;
}
