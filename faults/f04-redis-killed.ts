import type { Fault, Measured, Scene } from './support/fault.js';
import { pause } from './support/processes.js';

const AWAY_MS = 6_000;
const BOUND_MS = 1_000;

function judge({ complain }: Scene, { during, within }: Measured): void {
  if (during.p99 > within(BOUND_MS)) complain(`p99 of the delivery was ${Math.round(during.p99)} ms`);
}

export const redisKilled: Fault = {
  id: 'F4',
  hypothesis: 'Redis is killed for 6 s and comes back empty: the p99 of delivery stays within 1 s',
  seconds: 60,
  shortSeconds: 14,
  async run({ stage, duringMs, strike }) {
    const end = performance.now() + duringMs;
    for (let round = 0; round === 0 || performance.now() + AWAY_MS < end; round += 1) {
      if (round > 0) await pause(3_000);
      strike('kill -9 of Redis');
      await stage.redis.kill();
      await pause(AWAY_MS);
      await stage.redis.start();
      strike('Redis is back, empty');
    }
  },
  judge,
};

export const withoutRedis: Fault = {
  id: 'F4b',
  hypothesis: 'the nodes know of no Redis for the whole run: the p99 of delivery stays within 1 s',
  seconds: 40,
  withoutRedis: true,
  run: ({ duringMs }) => pause(duringMs),
  judge({ complain }, { before, during, after }) {
    const worst = Math.max(before.p99, during.p99, after.p99);
    if (worst > BOUND_MS) complain(`p99 of the delivery was ${Math.round(worst)} ms`);
  },
};
