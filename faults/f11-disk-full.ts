import type { Fault, Scene } from './support/fault.js';
import { Postgres } from './support/postgres.js';
import { pause } from './support/processes.js';
import { SmallDisk } from './support/small-disk.js';

const DISK_MB = 240;
const FULL_MS = 6_000;
const BETWEEN_MS = 4_000;
const RESUMED_MS = 5_000;

let disk: SmallDisk;
/** When there was space again. */
const returns: number[] = [];

export const diskFull: Fault = {
  id: 'F11',
  hypothesis:
    'the disk of PostgreSQL is full, and in every second round not even its write-ahead log can grow: nothing acknowledged is lost, and writing goes on within 5 s after there is space',
  seconds: 60,
  async ownPostgres() {
    disk = new SmallDisk(DISK_MB);
    return Postgres.open(disk.folder);
  },
  async run(scene) {
    returns.length = 0;
    const end = performance.now() + scene.duringMs;
    for (let round = 0; round < 2 || performance.now() + FULL_MS < end; round += 1) {
      if (round > 0) await pause(BETWEEN_MS);
      await fillAndFree(scene, round % 2 === 1);
    }
  },
  judge({ crowd: { deliveries }, complain }, { within }) {
    for (const back of returns) {
      const seen = deliveries.all.filter(({ written }) => written > back).map(({ seen: at }) => at);
      const resumed = Math.min(...seen) - back;
      if (resumed > within(RESUMED_MS))
        complain(`the first message came ${Math.round(resumed)} ms after there was space`);
    }
  },
};

async function fillAndFree({ stage: { postgres }, crowd, strike, complain }: Scene, logToo: boolean): Promise<void> {
  strike('the disk of PostgreSQL is full');
  disk.fill();
  // The next file of the log is begun: where there is no room for it, PostgreSQL falls.
  if (logToo) await postgres.query('select pg_switch_wal()').catch(() => undefined);
  await pause(FULL_MS);
  if (!crowd.devices.some(({ unanswered }) => unanswered.size > 0)) complain('nobody noticed that the disk was full');
  disk.free();
  returns.push(performance.now());
  await postgres.requireRunning();
  strike('there is space again');
}
