import type { Fault } from './support/fault.js';
import { LossyBell, type BellCounts } from './support/lossy-bell.js';
import { pause } from './support/processes.js';

const weather = { drops: 0.1, doubles: 0.1, delays: 0.2, forges: 0.05, delayMs: 2_000 };

export const lossyBell: Fault = {
  id: 'F5',
  hypothesis:
    'the bus drops 10 %, doubles 10 %, reorders, delays by 2 s and forges, to the end: no hole is shown for more than 1 s',
  seconds: 60,
  shortSeconds: 14,
  async run({ cluster, random, duringMs, strike, complain }) {
    const bells = cluster.links.map(({ redis }, index) => {
      const bell = new LossyBell(random.fork(`bell ${index}`), weather);
      redis?.shapeWith(bell.shape);
      return bell;
    });
    strike('the bus is bad from now on');
    // Only new connections are shaped.
    for (const { redis } of cluster.links) if (redis !== null) redis.weather = 'cut';
    for (const { redis } of cluster.links) if (redis !== null) redis.weather = 'pass';
    await pause(duringMs);
    for (const name of ['passed', 'dropped', 'doubled', 'delayed', 'forged'] as const)
      if (!bells.some(({ counts }) => counts[name] > 0)) complain(idle(name));
  },
  judge({ crowd, complain }, { within }) {
    for (const { name, waits } of crowd.devices)
      for (const { seq, lasted } of waits)
        if (lasted > within(1_000)) complain(`${name} waited ${lasted} ms for what stands before message ${seq}`);
  },
};

const idle = (name: keyof BellCounts): string => `not one bell was ${name}: the fault did not happen`;
