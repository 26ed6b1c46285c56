import type { Fault, Scene } from './support/fault.js';
import { pause } from './support/processes.js';
import { settings } from './support/settings.js';

export const rollingRestart: Fault = {
  id: 'F13',
  hypothesis: 'a rolling restart of the three nodes, twice: at most one reconnect per client and restarted node',
  seconds: 60,
  shortSeconds: 14,
  async run(scene) {
    const rounds = settings.short ? 1 : 2;
    for (let round = 0; round < rounds; round += 1) await restartAll(scene);
  },
};

async function restartAll({ cluster, crowd, strike, complain }: Scene): Promise<void> {
  for (const node of cluster.nodes) {
    const before = crowd.devices.map(({ tap }) => tap.readies);
    strike(`node ${node.index} is asked to stop`);
    const how = await node.stop();
    if (how !== '0') complain(`node ${node.index} did not stop cleanly: ${how}`);
    await node.start();
    strike(`node ${node.index} is back`);
    await pause(1_000);
    for (const [index, { name, tap }] of crowd.devices.entries()) {
      const times = tap.readies - before[index]!;
      if (times > 1) complain(`${name} connected ${times} times while node ${node.index} restarted`);
    }
  }
}
