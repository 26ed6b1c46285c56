import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogue } from './catalogue.js';
import { asLine } from './support/figures.js';
import { historyFile, prove } from './support/prove.js';
import { settings } from './support/settings.js';
import { Stage } from './support/stage.js';

const { seed, seconds, short } = settings;
const commandsPerSecond = short ? 40 : 100;
const chosen = short ? catalogue.filter(({ shortSeconds }) => shortSeconds !== undefined) : catalogue;

/** Nobody ends a session here, or watches who is there; and where nothing is refused, 7 has little to say. */
const mayBeSilent = new Set([7, 10, 15]);

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
    const { figures, complaints, report } = await prove(stage, fault, {
      seed,
      seconds: underLoad,
      commandsPerSecond,
    });
    process.stdout.write(`${asLine(figures)}\n`);
    expect(complaints, `seed ${seed}; the history is in ${historyFile(fault, seed)}`).toEqual([]);
    expect(report.notApplicable.filter((invariant) => !mayBeSilent.has(invariant))).toEqual([]);
    expect(figures.delivered).toBeGreaterThan(figures.acknowledged);
  });
}
