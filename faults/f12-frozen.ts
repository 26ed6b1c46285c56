import type { Fault, Measured, Scene } from './support/fault.js';
import { pause } from './support/processes.js';

const FROZEN_MS = 8_000;

/** Who had a connection to the node that was frozen. */
let touched = new Set<string>();

export const frozenNode: Fault = {
  id: 'F12',
  hypothesis:
    'a node is stopped for 8 s in the middle of its work: the p99 of the others stays within 1 s, nothing is sent twice',
  seconds: 40,
  async run({ cluster, crowd, random, strike }) {
    const node = random.pick(cluster.nodes);
    touched = new Set(crowd.devices.filter(({ door }) => door.leadsTo(node.port)).map(({ name }) => name));
    strike(`SIGSTOP of node ${node.index}`);
    node.freeze();
    await pause(FROZEN_MS);
    node.thaw();
    strike(`SIGCONT of node ${node.index}`);
  },
  judge({ crowd, complain }: Scene, { began, healed, within }: Measured) {
    const by = (receiver: string, writer: string): boolean => !touched.has(receiver) && !touched.has(writer);
    const { p99 } = crowd.deliveries.quantiles({ from: began, to: healed, by });
    if (!(p99 <= within(1_000))) complain(`p99 of the delivery between the others was ${Math.round(p99)} ms`);
  },
};

export const stalledDatabase: Fault = {
  id: 'F12b',
  hypothesis: 'PostgreSQL stalls for 10 s: nothing is lost and nothing is sent twice',
  seconds: 40,
  async run({ stage, strike }) {
    strike('SIGSTOP of PostgreSQL');
    stage.postgres.stall();
    await pause(10_000);
    stage.postgres.resume();
    strike('SIGCONT of PostgreSQL');
  },
};
