import { afterAll, beforeAll, it } from 'vitest';
import { catalogue } from './catalogue.js';
import { mustHold } from './support/must-hold.js';
import { settings } from './support/settings.js';
import { Stage } from './support/stage.js';

const { seed, seconds, short } = settings;
const commandsPerSecond = short ? 40 : 100;
const chosen = short ? catalogue.filter(({ shortSeconds }) => shortSeconds !== undefined) : catalogue;

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});

afterAll(async () => {
  await stage.close();
});

for (const fault of chosen) {
  it(`${fault.id}: ${fault.hypothesis}`, async () => {
    const underLoad = seconds ?? (short ? fault.shortSeconds : undefined) ?? fault.seconds;
    await mustHold(stage, fault, {
      seed,
      seconds: underLoad,
      commandsPerSecond: fault.commandsPerSecond ?? commandsPerSecond,
    });
  });
}
