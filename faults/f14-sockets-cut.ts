import { residentMb } from '../apps/server/test/support/reading.js';
import { timeToCatchUp } from './support/caught-up.js';
import type { Fault, Measured, Scene } from './support/fault.js';
import type { Link } from './support/link.js';
import { Listener } from './support/listener.js';
import { addPeople, gather, type Person } from './support/people.js';
import { pause } from './support/processes.js';
import { Writers } from './support/writers.js';

const SOCKETS = 2_000;
const GROUP = 50;
/** At first they come as fast as three nodes let people in. */
const APART_MS = 4;
const SYNCED_MS = 30_000;
/** What is written in each group while nobody is there to hear it. */
const MISSED_MS = 500;
const PATIENCE_MS = 120_000;

/** How long the cut took, and how long it took until all were synced; milliseconds. */
let cutFor = Infinity;
let syncedAfter = Infinity;

export const socketsCut: Fault = {
  id: 'F14',
  hypothesis:
    '2,000 sockets are cut at once, and all come back at once: no node runs out of memory, and all are synced within 30 s',
  seconds: 30,
  commandsPerSecond: 20,
  async run(scene) {
    const { cluster, strike, complain } = scene;
    const door = await cluster.door();
    const people = await addPeople(cluster, SOCKETS);
    const groups = await groupsOf(scene, people);
    const listeners = people.map((person, index) => listenerAt(scene, door, person, index));
    for (const listener of listeners) await pause(APART_MS).then(() => listener.connect());
    if ((await timeToCatchUp(cluster, listeners, PATIENCE_MS)) === Infinity) complain('not everybody could listen');
    const watch = watchMemory(scene);
    strike(`${SOCKETS} sockets are cut`);
    const since = performance.now();
    door.weather = 'cut';
    cutFor = performance.now() - since;
    door.weather = 'pass';
    await writeInAll(groups);
    const left = await timeToCatchUp(cluster, listeners, PATIENCE_MS);
    syncedAfter = performance.now() - since + (left === Infinity ? Infinity : 0);
    watch();
    for (const listener of listeners) listener.close();
  },
  judge({ complain, note }: Scene, { within }: Measured) {
    note(`cut in ${Math.round(cutFor)} ms, all synced after ${Math.round(syncedAfter)} ms`);
    if (syncedAfter > within(SYNCED_MS)) complain(`all were synced after ${Math.round(syncedAfter)} ms`);
  },
};

/** What is asked over HTTP has nothing to do with the sockets that are cut. */
const listenerAt = ({ cluster, crowd: { recorder } }: Scene, { port }: Link, person: Person, index: number): Listener =>
  new Listener({
    ...{ name: `socket ${index}`, person, port, recorder },
    httpPort: cluster.nodes[index % cluster.nodes.length]!.port,
  });

async function groupsOf({ cluster, crowd: { recorder } }: Scene, people: Person[]): Promise<Writers[]> {
  const ports = cluster.nodes.map(({ port }) => port);
  const groups: Writers[] = [];
  for (let from = 0; from < people.length; from += GROUP) {
    const members = people.slice(from, from + GROUP);
    const conversation = await gather(cluster, `Group of ${from}`, members);
    groups.push(new Writers({ people: members, conversation, ports, recorder, connections: 2, length: 100 }));
  }
  return groups;
}

async function writeInAll(groups: readonly Writers[]): Promise<void> {
  await Promise.all(groups.map((writers) => writers.pour(MISSED_MS, 10)));
}

/** Answers how to end it. */
function watchMemory({ cluster, note }: Scene): () => void {
  const now = (): number => Math.max(...cluster.ready.map(({ pid }) => residentMb(pid)));
  const before = now();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, now())), 200);
  return () => {
    clearInterval(timer);
    note(`the largest node had ${Math.round(before)} MB before, and at most ${Math.round(most)} MB`);
  };
}
