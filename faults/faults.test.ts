import { afterAll, beforeAll, expect, it } from 'vitest';
import { catalogue } from './catalogue.js';
import { asLine } from './support/figures.js';
import { prove } from './support/prove.js';
import { settings } from './support/settings.js';
import { Stage } from './support/stage.js';

const { seed, seconds, short } = settings;
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
    const { figures, report, complaints, history } = await prove(stage, fault, { seed, seconds: underLoad });
    process.stdout.write(`${asLine(figures)}\n`);
    const violations = report.violations.map(({ invariant, message }) => `${invariant}: ${message}`);
    expect([...violations, ...complaints], `seed ${seed}; the history is in ${history}`).toEqual([]);
    expect(figures.delivered).toBeGreaterThan(figures.acknowledged);
  });
}
