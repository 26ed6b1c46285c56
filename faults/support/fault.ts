import type { Cluster } from './cluster.js';
import type { Crowd } from './crowd.js';
import type { Random } from './random.js';
import type { Stage } from './stage.js';

/** What a fault has to work with. */
export interface Scene {
  cluster: Cluster;
  crowd: Crowd;
  stage: Stage;
  /** Of the fault alone. */
  random: Random;
  /** How long the fault goes on, in milliseconds. */
  duringMs: number;
  /** Writes into the history what is done. */
  strike(what: string): void;
}

/** What must hold besides the invariants of the checker: sentences that are complaints. Empty: all is well. */
export type Complaints = readonly string[];

export interface Measured {
  /** Milliseconds from the end of the fault until everybody shows what was stored then. */
  convergedMs: number;
  /** Milliseconds of the monotonic clock. */
  began: number;
  healed: number;
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
  withoutRedis?: boolean;
  preloads?: readonly string[];
  commandsPerSecond?: number;
  /** Does the damage and heals it. */
  run(scene: Scene): Promise<void>;
  /** Looked at when everybody has converged. */
  judge?(scene: Scene, measured: Measured): Complaints | Promise<Complaints>;
}
