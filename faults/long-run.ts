import { killNodes } from './f01-kill-nodes.js';
import { databaseKilled } from './f03-database-killed.js';
import { redisKilled } from './f04-redis-killed.js';
import { lossyBell } from './f05-lossy-bell.js';
import { databaseUnreachable } from './f06-database-unreachable.js';
import { redisCut } from './f07-redis-cut.js';
import { halfOpen } from './f08-half-open.js';
import { frozenNode, stalledDatabase } from './f12-frozen.js';
import { rollingRestart } from './f13-rolling-restart.js';
import { openTransaction } from './f18-open-transaction.js';
import type { Fault, Scene } from './support/fault.js';
import { pause } from './support/processes.js';
import { settings } from './support/settings.js';

const drawn: readonly Fault[] = [
  killNodes,
  databaseKilled,
  redisKilled,
  lossyBell,
  databaseUnreachable,
  redisCut,
  halfOpen,
  frozenNode,
  stalledDatabase,
  rollingRestart,
  openTransaction,
];

/** For those that last as long as they are told. */
const STRIKE_MS = 5_000;
const BETWEEN_MS = 3_000;
const ONLINE_PATIENCE_MS = 60_000;
const SAY_EVERY_MS = 60_000;

export const longRun: Fault = {
  id: 'Long run',
  hypothesis:
    'one fault after the other, drawn by the seed, until so many deliveries are made or the time is over: nothing is lost, doubled or out of order',
  seconds: 3_600,
  async run(scene) {
    const { crowd, random, duringMs, note } = scene;
    const { deliveries } = crowd;
    const [since, done] = [performance.now(), new Map<string, number>()];
    const isOver = (): boolean => performance.now() - since > duringMs || deliveries.all.length >= settings.delivered;
    const progress = setInterval(() => process.stdout.write(`${said(since, deliveries.all.length)}\n`), SAY_EVERY_MS);
    while (!isOver()) {
      const fault = random.pick(drawn);
      done.set(fault.id, (done.get(fault.id) ?? 0) + 1);
      await fault.run({ ...scene, duringMs: STRIKE_MS });
      await everybodyOnline(scene);
      await pause(BETWEEN_MS);
    }
    clearInterval(progress);
    note(said(since, deliveries.all.length));
    note(`faults: ${[...done].map(([id, times]) => `${id} × ${times}`).join(', ')}`);
  },
};

/** A fault that begins while clients still come back from the one before would be judged for both. */
async function everybodyOnline({ crowd, complain }: Scene): Promise<void> {
  const since = performance.now();
  while (crowd.devices.some(({ connection }) => connection !== 'online')) {
    if (performance.now() - since > ONLINE_PATIENCE_MS) {
      complain('not everybody came back after a fault');
      return;
    }
    await pause(100);
  }
}

const said = (since: number, delivered: number): string =>
  `${Math.round((performance.now() - since) / 60_000)} minutes, ${delivered} deliveries, ` +
  `${Math.round(process.memoryUsage().heapUsed / 2 ** 20)} MB of heap in the suite`;
