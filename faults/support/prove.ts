import os from 'node:os';
import path from 'node:path';
import { check, Recorder, type Report } from '@tertulia/history-checker';
import { recordAftermath } from './aftermath.js';
import { Cluster } from './cluster.js';
import { Crowd } from './crowd.js';
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
const LONGEST_CALM_MS = 20_000;
const calmMs = (seconds: number): number => Math.min(LONGEST_CALM_MS, seconds * 1000 * BEFORE);
const CONVERGE_PATIENCE_MS = 60_000;

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
  /** Done to the empty database, before anybody comes. */
  prepare?(cluster: Cluster): Promise<void>;
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
    await options.prepare?.(cluster);
    return await underLoad(stage, cluster, fault, options, random);
  } finally {
    await cluster.close();
  }
}

async function underLoad(
  stage: Scene['stage'],
  cluster: Cluster,
  fault: Fault,
  { seed, seconds, commandsPerSecond }: ProofOptions,
  random: Random,
): Promise<Outcome> {
  const recorder = new Recorder();
  const crowd = await Crowd.gather(cluster, recorder, random.fork('crowd'), fault.clientPorts);
  const load = new Load(crowd, random.fork('load'), commandsPerSecond);
  const complaints: string[] = [];
  const notes: string[] = [];
  const works: Promise<unknown>[] = [];
  const scene: Scene = {
    ...{ cluster, crowd, load, stage, random: random.fork('fault'), duringMs: seconds * 1000 - 2 * calmMs(seconds) },
    strike: (what) => recorder.add({ type: 'fault', what }),
    meanwhile: (work) => void works.push(work),
    complain: (sentence) => void complaints.push(sentence),
    note: (figure) => void notes.push(figure),
  };
  try {
    load.start();
    const measured = await breakAndHeal(fault, scene, seconds);
    await load.stop();
    await Promise.all(works);
    complaints.push(...(await settle(cluster, crowd)));
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
    if (complaints.length > 0) recorder.save(historyFile(fault, seed));
    await crowd.close();
  }
}

async function breakAndHeal(fault: Fault, scene: Scene, seconds: number): Promise<Measured> {
  const { deliveries } = scene.crowd;
  await pause(calmMs(seconds));
  const began = performance.now();
  const slowness = new Slowness();
  await fault.run(scene);
  const healed = performance.now();
  scene.strike('healed');
  const convergedMs = await timeToConverge(scene.cluster, scene.crowd, CONVERGE_PATIENCE_MS);
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
