import type { Fault } from './support/fault.js';
import { pause } from './support/processes.js';

const BETWEEN_MS = 2_500;

export const killNodes: Fault = {
  id: 'F1',
  hypothesis: 'kill -9 of a random node every 2.5 s: everybody has converged within 2 s of the last',
  seconds: 60,
  shortSeconds: 14,
  async run({ cluster, random, duringMs, strike, meanwhile }) {
    for (let left = Math.max(1, Math.floor(duringMs / BETWEEN_MS)); left > 0; left -= 1) {
      await pause(BETWEEN_MS);
      // Where a start takes longer than the pause, the last one is spared: without any node there is nothing to see.
      while (cluster.ready.length < 2) await pause(50);
      const node = random.pick(cluster.ready);
      strike(`kill -9 of node ${node.index}`);
      await node.kill();
      meanwhile(node.start());
    }
  },
  judge({ complain }, { convergedMs, within }) {
    if (convergedMs > within(2_000)) complain(`converged after ${Math.round(convergedMs)} ms`);
  },
};
