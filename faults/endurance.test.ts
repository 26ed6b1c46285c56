import { afterAll, beforeAll, it } from 'vitest';
import { soak } from './f19-soak.js';
import { longRun } from './long-run.js';
import { mustHold } from './support/must-hold.js';
import { settings } from './support/settings.js';
import { Stage } from './support/stage.js';

const { seed, seconds } = settings;

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});

afterAll(async () => {
  await stage.close();
});

it(`${soak.id}: ${soak.hypothesis}`, async () => {
  await mustHold(stage, soak, { seed, seconds: seconds ?? soak.seconds, commandsPerSecond: 40 });
});

it(`${longRun.id}: ${longRun.hypothesis}`, async () => {
  await mustHold(stage, longRun, { seed, seconds: seconds ?? longRun.seconds, commandsPerSecond: 120 });
});
