import type { Fault, Scene } from './support/fault.js';
import { pause } from './support/processes.js';

const AWAY_MS = 3_000;

/** When it was back. */
const returns: number[] = [];

export const databaseKilled: Fault = {
  id: 'F3',
  hypothesis:
    'PostgreSQL is killed, or stopped immediately, for 3 s: no node exits, and sends flow within 2 s after it is back',
  seconds: 60,
  shortSeconds: 16,
  async run(scene) {
    returns.length = 0;
    const end = performance.now() + scene.duringMs;
    for (let round = 0; round === 0 || performance.now() + AWAY_MS < end; round += 1) {
      if (round > 0) await pause(4_000);
      await away(scene, round % 2 === 0);
    }
  },
  judge({ crowd: { deliveries }, complain }, { within }) {
    for (const back of returns) {
      const flows = (deliveries.answers.find((at) => at > back) ?? Infinity) - back;
      if (flows > within(2_000)) complain(`the first command was answered ${Math.round(flows)} ms after it was back`);
    }
  },
};

async function away({ stage, strike }: Scene, killed: boolean): Promise<void> {
  strike(killed ? 'kill -9 of PostgreSQL' : 'immediate stop of PostgreSQL');
  if (killed) stage.postgres.kill();
  else await stage.postgres.stopImmediately();
  await pause(AWAY_MS);
  await stage.postgres.start();
  strike('PostgreSQL is back');
  returns.push(performance.now());
}
