import { rawSocketOf, residentMb } from '../apps/server/test/support/reading.js';
import { timeToCatchUp } from './support/caught-up.js';
import type { Fault, Scene } from './support/fault.js';
import { Listener } from './support/listener.js';
import type { ServerNode } from './support/node.js';
import { addPeople, gather, type Person } from './support/people.js';
import { pause } from './support/processes.js';
import { Writers } from './support/writers.js';

const SLOW = 50;
const READERS = 5;
const WRITERS = 20;
const BODY = 16_000;
/** 2 MB/s. */
const PER_SECOND = 125;
/** While all of them still read, and before anything is measured. */
const WARM_MS = 4_000;
const WARM_PER_SECOND = 15;
/** Above what a socket may be behind and what a kernel buffers; kept for them all, it would be 400 MB. */
const FLOOD_MB = 8;
/** As long as 2 MB/s take for it; a busy machine writes until it is there. */
const FLOOD_MS = 4_000;
const LONGEST_FLOOD_MS = 30_000;
/** The other half stays silent until the node has lost its patience with them. */
const LONGER_MS = 9_000;
const GROWTH_MB = 100;
const PATIENCE_MS = 90_000;

export const slowReaders: Fault = {
  id: 'F9',
  hypothesis:
    '50 people stop reading their sockets in a conversation of 2 MB/s: the others hear everything in order and are not shed, the node grows by 100 MB at most, and they recover by sync',
  seconds: 30,
  async run(scene) {
    const { cluster, random, complain } = scene;
    const node = random.pick(cluster.nodes);
    const people = await addPeople(cluster, SLOW + READERS + WRITERS);
    const conversation = await gather(cluster, 'Flood', people);
    const slow = people.slice(0, SLOW).map((person, index) => listenerAt(scene, node, person, `slow ${index}`));
    const readers = people
      .slice(SLOW, SLOW + READERS)
      .map((person, index) => listenerAt(scene, node, person, `reader ${index}`));
    if ((await timeToCatchUp(cluster, [...slow, ...readers], PATIENCE_MS)) === Infinity)
      complain('not everybody could listen');
    const writers = writersAt(scene, node, people.slice(SLOW + READERS), conversation);
    await writers.pour(WARM_MS, WARM_PER_SECOND);
    await flood(scene, node, writers, slow);
    await recover(scene, slow, readers);
    for (const listener of [...slow, ...readers]) listener.close();
  },
};

function listenerAt({ crowd: { recorder } }: Scene, { port }: ServerNode, person: Person, name: string): Listener {
  const listener = new Listener({ name, person, port, recorder });
  listener.connect();
  return listener;
}

const writersAt = (
  { crowd: { recorder } }: Scene,
  { port }: ServerNode,
  people: Person[],
  conversation: string,
): Writers => new Writers({ people, conversation, ports: [port], recorder, connections: people.length, length: BODY });

async function flood(
  { strike, complain, note }: Scene,
  { pid }: ServerNode,
  writers: Writers,
  slow: readonly Listener[],
) {
  const before = residentMb(pid);
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, residentMb(pid))), 100);
  strike(`${SLOW} people stop reading`);
  for (const listener of slow) rawSocketOf(listener).pause();
  const written = writers.acknowledged.length;
  const megabytesSoFar = () => ((writers.acknowledged.length - written) * BODY) / 1e6;
  const since = performance.now();
  await writers.pour(FLOOD_MS, PER_SECOND);
  while (megabytesSoFar() < FLOOD_MB && performance.now() - since < LONGEST_FLOOD_MS)
    await writers.pour(500, PER_SECOND);
  clearInterval(watch);
  const seconds = (performance.now() - since) / 1_000;
  const growth = Math.round(most - before);
  note(
    `${(megabytesSoFar() / seconds).toFixed(1)} MB/s for ${SLOW} who do not read, the node grew by ${growth} MB from ${Math.round(before)} MB`,
  );
  if (growth > GROWTH_MB) complain(`the node grew by ${growth} MB`);
}

/** The first half reads again at once, and is told what it missed; the others come too late, and have to connect anew. */
async function recover(
  { cluster, strike, complain, note }: Scene,
  slow: readonly Listener[],
  readers: readonly Listener[],
) {
  const [soon, late] = [slow.slice(0, SLOW / 2), slow.slice(SLOW / 2)];
  const readies = slow.map((listener) => listener.readies);
  strike('half of them read again');
  for (const listener of soon) rawSocketOf(listener).resume();
  if ((await timeToCatchUp(cluster, readers, PATIENCE_MS)) === Infinity) complain('who reads did not hear everything');
  for (const { name, hints, readies: times } of readers)
    if (hints > 0 || times > 1) complain(`${name} reads, and was shed`);
  await pause(LONGER_MS);
  strike('the others read again');
  for (const listener of late) rawSocketOf(listener).resume();
  const took = await timeToCatchUp(cluster, slow, PATIENCE_MS);
  if (took === Infinity) complain('not everybody has recovered who did not read');
  const hinted = slow.filter(({ hints }) => hints > 0).length;
  const connected = slow.filter(({ readies: times }, index) => times > readies[index]!).length;
  if (hinted + connected < SLOW) complain(`only ${hinted + connected} were shed`);
  note(`${hinted} were told to sync, ${connected} connected anew, all had recovered after ${Math.round(took)} ms`);
}
