import type { Fault, Scene } from './support/fault.js';
import { addPeople } from './support/people.js';
import { pause } from './support/processes.js';
import { resourcesOf, type Resources } from './support/resources.js';
import { Visits } from './support/visits.js';

const PEOPLE = 60;
const VISITS = 10_000;
/** In a short form there are fewer. */
const PER_SECOND = 50;
/** Until everybody has been everywhere once: what is kept for each of them is kept by then. */
const WARM = 900;
const WARM_MS = 15_000;
const LOOK_MS = 5_000;
const PATIENCE_MS = 60_000;
/** More of a thing than before is a leak, if it is more than this: there were hundreds of times as many visits. */
const SLACK = 10;
const HEAP_MB = 15;
/** V8 gives memory back when nothing happens for a while. */
const RSS_MB = 60;
/** Tokens that were verified: a new one of everybody every few minutes, and a bound of its own. */
const CACHE = 'SocketServer.authenticator.tokens.verified';

export const soak: Fault = {
  id: 'F19',
  hypothesis:
    '10,000 connects and disconnects beside the load: rooms, maps, timers, listeners and memory of the nodes are back at what they were',
  seconds: 1_800,
  preloads: ['report-resources.mjs'],
  async run(scene) {
    const visits = await Visits.prepare(scene, await addPeople(scene.cluster, PEOPLE));
    await visits.make(WARM, WARM_MS);
    const before = await atRest(scene, () => untilSteady(scene));
    const count = Math.min(VISITS, Math.floor((scene.duringMs / 1_000) * PER_SECOND));
    scene.strike(`${count} visits`);
    await visits.make(count, scene.duringMs);
    scene.note(`${count} visits`);
    const after = await atRest(scene, () => untilBack(scene, before));
    compare(scene, before, after);
  },
};

async function atRest<T>({ load }: Scene, work: () => Promise<T>): Promise<T> {
  await load.stop();
  const result = await work();
  load.start();
  return result;
}

/** Leases and the like run out by themselves: until nothing is less than a moment before. */
async function untilSteady({ cluster }: Scene): Promise<Resources> {
  const deadline = performance.now() + PATIENCE_MS;
  let last = await resourcesOf(cluster);
  for (;;) {
    await pause(2 * LOOK_MS);
    const now = await resourcesOf(cluster);
    if (grown(now, last).length === 0 || performance.now() > deadline) return now;
    last = now;
  }
}

async function untilBack({ cluster }: Scene, before: Resources): Promise<Resources> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const now = await resourcesOf(cluster);
    const isBack = grown(before, now).length === 0 && now.rssMb <= before.rssMb + RSS_MB;
    if (isBack || performance.now() > deadline) return now;
    await pause(LOOK_MS);
  }
}

/** What there is more of, in words. */
const grown = (before: Resources, after: Resources): string[] =>
  [...after.counts]
    .filter(([name, count]) => name !== CACHE && count > (before.counts.get(name) ?? 0) + SLACK)
    .map(([name, count]) => `${name} went from ${before.counts.get(name) ?? 0} to ${count}`);

function compare({ complain, note }: Scene, before: Resources, after: Resources): void {
  const [heap, rss] = [after.heapMb - before.heapMb, after.rssMb - before.rssMb].map(Math.round) as [number, number];
  note(
    `${before.counts.size} counts of maps, timers and listeners; heap of the three nodes ${Math.round(before.heapMb)} MB before and ${Math.round(after.heapMb)} MB after, resident ${Math.round(before.rssMb)} and ${Math.round(after.rssMb)} MB`,
  );
  for (const leak of grown(before, after)) complain(leak);
  if (heap > HEAP_MB) complain(`the heaps grew by ${heap} MB`);
  if (rss > RSS_MB) complain(`the resident memory grew by ${rss} MB`);
}
