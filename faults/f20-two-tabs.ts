import type { Fault } from './support/fault.js';
import { pause } from './support/processes.js';

const CUT_MS = 300;

export const twoTabs: Fault = {
  id: 'F20b',
  hypothesis:
    'two tabs of one browser share its disk and its queue, and its network breaks again and again: each shows everything, once',
  seconds: 40,
  tabs: true,
  async run({ crowd, random, duringMs, strike }) {
    for (const end = performance.now() + duringMs; performance.now() < end;) {
      const [{ name, door }] = random.pick(crowd.pairs);
      strike(`the network of ${name} breaks`);
      door.weather = 'cut';
      await pause(CUT_MS);
      door.weather = 'pass';
      await pause(CUT_MS);
    }
  },
};
