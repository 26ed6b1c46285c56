import type { Fault } from './support/fault.js';
import { pause } from './support/processes.js';

export const redisCut: Fault = {
  id: 'F7',
  hypothesis: 'one node is cut off from Redis: the p99 of delivery stays within 1 s',
  seconds: 40,
  async run({ cluster, random, duringMs, strike }) {
    const node = random.pick(cluster.nodes);
    const link = cluster.links[node.index]?.redis;
    if (!link) throw new Error('there is no Redis to be cut off from');
    strike(`node ${node.index} is cut off from Redis`);
    link.weather = 'cut';
    await pause(duringMs / 2);
    strike('the cut becomes a black hole');
    link.weather = 'hole';
    await pause(duringMs / 2);
    link.weather = 'pass';
  },
  judge({ complain }, { during, within }) {
    if (during.p99 > within(1_000)) complain(`p99 of the delivery was ${Math.round(during.p99)} ms`);
  },
};
