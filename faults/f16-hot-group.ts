import { timeToCatchUp } from './support/caught-up.js';
import { cpuMs } from './support/consumption.js';
import { quantile } from './support/deliveries.js';
import type { Fault, Scene } from './support/fault.js';
import { Listener } from './support/listener.js';
import { addPeople, gather } from './support/people.js';
import { Writers } from './support/writers.js';

const SENDERS = 500;
const RECEIVERS = 20;
/** Each has one message under way. */
const CONNECTIONS = 200;
const BODY = 100;
const PATIENCE_MS = 60_000;

export const hotGroup: Fault = {
  id: 'F16',
  hypothesis:
    '500 people write into one group at once, through all nodes and through one, and 20 of them listen: there is no gap, for anybody',
  seconds: 40,
  async run(scene) {
    const { cluster, crowd, duringMs, strike, complain } = scene;
    const people = await addPeople(cluster, SENDERS);
    const conversation = await gather(cluster, 'Everybody', people);
    const listeners = await listen(scene, people.slice(0, RECEIVERS));
    const options = { people, conversation, recorder: crowd.recorder, connections: CONNECTIONS, length: BODY };
    const ports = cluster.nodes.map(({ port }) => port);
    for (const through of [ports, ports.slice(0, 1)]) {
      const writers = new Writers({ ...options, ports: through });
      strike(`${SENDERS} people write into one group, through ${through.length} of the nodes`);
      await report(scene, writers, `through ${through.length} of the nodes`, () => writers.pour(duringMs / 2));
    }
    const late = await timeToCatchUp(cluster, listeners, PATIENCE_MS);
    if (late === Infinity) complain('not everybody who listened has heard everything');
    for (const listener of listeners) listener.close();
  },
};

async function listen({ cluster, crowd: { recorder }, complain }: Scene, people: Parameters<typeof gather>[2]) {
  const listeners = await Promise.all(
    people.map(async (person, index) => {
      const { port } = await cluster.door();
      return new Listener({ name: `listener ${index}`, person, port, recorder });
    }),
  );
  for (const listener of listeners) listener.connect();
  if ((await timeToCatchUp(cluster, listeners, PATIENCE_MS)) === Infinity) complain('not everybody could listen');
  return listeners;
}

/** The nodes do the load beside it too, so what a message costs is rather less. */
async function report(
  { cluster, note }: Scene,
  { acknowledged }: Writers,
  how: string,
  pour: () => Promise<void>,
): Promise<void> {
  const cpu = (): number => cluster.nodes.reduce((sum, { pid }) => sum + cpuMs(pid), 0);
  const [since, before] = [performance.now(), cpu()];
  await pour();
  const [seconds, used] = [(performance.now() - since) / 1_000, cpu() - before];
  const sorted = acknowledged.sort((a, b) => a - b);
  const ms = (q: number): string => `${Math.round(quantile(sorted, q))}`;
  note(
    `${how}: ${Math.round(sorted.length / seconds)} messages/s, acknowledged p50/p99 in ${ms(0.5)}/${ms(0.99)} ms, ` +
      `${Math.round((used / sorted.length) * 1_000)} CPU ms of the nodes per 1,000`,
  );
}
