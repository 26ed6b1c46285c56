import type { Fault, Scene } from './support/fault.js';
import { pause } from './support/processes.js';

const AWAY_MS = 3_000;
const FLOWS_MS = 2_000;

export const databaseKilled: Fault = {
  id: 'F3',
  hypothesis:
    'PostgreSQL is killed, or stopped immediately, for 3 s: no node exits, and sends flow within 2 s after it is back',
  seconds: 60,
  shortSeconds: 22,
  async run(scene) {
    const end = performance.now() + scene.duringMs;
    for (let round = 0; round === 0 || performance.now() + AWAY_MS < end; round += 1) {
      if (round > 0) await pause(4_000);
      await away(scene, round % 2 === 0);
    }
  },
};

async function away({ stage, crowd, strike, complain }: Scene, killed: boolean): Promise<void> {
  strike(killed ? 'kill -9 of PostgreSQL' : 'immediate stop of PostgreSQL');
  if (killed) stage.postgres.kill();
  else await stage.postgres.stopImmediately();
  await pause(AWAY_MS);
  await stage.postgres.start();
  strike('PostgreSQL is back');
  const back = performance.now();
  await pause(FLOWS_MS);
  if (!crowd.deliveries.answers.some((at) => at > back))
    complain('no command was answered within 2 s after it was back');
}
