import os from 'node:os';
import path from 'node:path';
import { check, Recorder, type Report } from '@tertulia/history-checker';
import { recordAftermath } from './aftermath.js';
import { Cluster } from './cluster.js';
import { Crowd } from './crowd.js';
import type { Device } from './device.js';
import type { Fault, Measured, Scene } from './fault.js';
import { figuresOf, type Figures } from './figures.js';
import { Load } from './load.js';
import { pause } from './processes.js';
import { Random } from './random.js';
import { settle, timeToConverge } from './settle.js';
import { Slowness } from './slowness.js';
import type { Stage } from './stage.js';

/** Of the time under load: so much before the fault, and as much after it. */
const BEFORE = 0.15;
const PATIENCE_MS = 60_000;
const LAST_WORDS = 5;
const LONGEST_CALM_MS = 20_000;
const calmMs = (seconds: number): number => Math.min(LONGEST_CALM_MS, seconds * 1000 * BEFORE);

export interface Outcome {
  figures: Figures;
  report: Report;
  /** The violations of the invariants, and what else was promised and did not come. Empty: it has passed. */
  complaints: readonly string[];
  /** Figures of this fault alone. */
  notes: readonly string[];
}

export interface ProofOptions {
  seed: number;
  seconds: number;
  commandsPerSecond: number;
  preloads?: readonly string[];
  /** How long clients may stand still before they are taken as they are; a bug makes them stand still for ever. */
  patienceMs?: number;
  /** Done to the empty database, before anybody comes. */
  inDatabase?(cluster: Cluster): Promise<void>;
  /** Done to each client that has logged in. */
  inClient?(device: Device): void;
}

/** One fault under load, from an empty database to the verdict of the history checker. */
export async function prove(stage: Stage, fault: Fault, options: ProofOptions): Promise<Outcome> {
  const own = await fault.ownPostgres?.();
  try {
    return await proveOn({ redis: stage.redis, postgres: own ?? stage.postgres }, fault, options);
  } finally {
    await own?.stop();
  }
}

async function proveOn(stage: Scene['stage'], fault: Fault, options: ProofOptions): Promise<Outcome> {
  const random = new Random(options.seed);
  const cluster = await Cluster.open({
    postgres: stage.postgres,
    redis: fault.withoutRedis === true ? null : stage.redis,
    random: random.fork('doors'),
    preloads: [...(fault.preloads ?? []), ...(options.preloads ?? [])],
    ...(fault.nodeEnv && { env: fault.nodeEnv }),
  });
  try {
    await fault.prepare?.(cluster);
    await options.inDatabase?.(cluster);
    return await underLoad(stage, cluster, fault, options, random);
  } finally {
    await cluster.close();
  }
}

async function underLoad(
  stage: Scene['stage'],
  cluster: Cluster,
  fault: Fault,
  { seed, seconds, commandsPerSecond, patienceMs = PATIENCE_MS, inClient }: ProofOptions,
  random: Random,
): Promise<Outcome> {
  const recorder = new Recorder();
  const crowd = await Crowd.gather(cluster, recorder, random.fork('crowd'), {
    ...fault,
    ...(inClient && { plant: inClient }),
  });
  const load = new Load(crowd, random.fork('load'), commandsPerSecond);
  const complaints: string[] = [];
  const notes: string[] = [];
  const works: Promise<unknown>[] = [];
  const lasting: (() => Promise<unknown>)[] = [];
  const scene: Scene = {
    ...{ cluster, crowd, load, stage, random: random.fork('fault'), duringMs: seconds * 1000 - 2 * calmMs(seconds) },
    strike: (what) => recorder.add({ type: 'fault', what }),
    meanwhile: (work) => void works.push(work),
    untilTheEnd: (undo) => void lasting.push(undo),
    complain: (sentence) => void complaints.push(sentence),
    note: (figure) => void notes.push(figure),
  };
  try {
    load.start();
    const measured = await breakAndHeal(fault, scene, { seconds, patienceMs });
    await load.stop();
    await Promise.all(works);
    complaints.push(...(await comeToRest(cluster, crowd, load, patienceMs)));
    await recordAftermath(cluster, crowd, recorder);
    await fault.judge?.(scene, measured);
    const report = check(recorder.entries);
    complaints.push(...cluster.unasked, ...report.violations.map(asSentence));
    const figures = figuresOf(fault.id, seed, report.counts, crowd.deliveries.all.length, measured);
    return { figures, report, complaints, notes };
  } catch (error) {
    complaints.push(String(error));
    throw error;
  } finally {
    await load.stop();
    await Promise.allSettled(works);
    await Promise.all(lasting.map((undo) => undo()));
    if (complaints.length > 0) recorder.save(historyFile(fault, seed));
    await crowd.close();
  }
}

/** Several times, for each end is a new chance for the last message to be missed. */
async function comeToRest(cluster: Cluster, crowd: Crowd, load: Load, patienceMs: number): Promise<string[]> {
  for (let round = 0; round < LAST_WORDS; round += 1) {
    const missing = await settle(cluster, crowd, patienceMs);
    if (missing.length > 0) return missing;
    load.sayLastWords();
  }
  return settle(cluster, crowd, patienceMs);
}

async function breakAndHeal(
  fault: Fault,
  scene: Scene,
  { seconds, patienceMs }: { seconds: number; patienceMs: number },
): Promise<Measured> {
  const { deliveries } = scene.crowd;
  await pause(calmMs(seconds));
  const began = performance.now();
  const slowness = new Slowness();
  await fault.run(scene);
  const healed = performance.now();
  scene.strike('healed');
  const convergedMs = await timeToConverge(scene.cluster, scene.crowd, patienceMs);
  const { factor } = slowness;
  await pause(calmMs(seconds));
  const before = deliveries.quantiles({ from: 0, to: began, seenBefore: began });
  const [during, after] = [deliveries.quantiles({ from: began, to: healed }), deliveries.quantiles({ from: healed })];
  return { began, healed, convergedMs, before, during, after, slowness: factor, within: (ms) => ms * factor };
}

const asSentence = ({ invariant, message }: Report['violations'][number]): string =>
  `invariant ${invariant}: ${message}`;

/** Where a run that failed has left its history. */
export const historyFile = (fault: Fault, seed: number): string =>
  path.join(os.tmpdir(), 'tertulia-histories', `${fault.id}-${seed}-${process.pid}.jsonl`);
