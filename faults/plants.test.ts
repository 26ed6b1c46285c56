import { afterAll, beforeAll, expect, it } from 'vitest';
import { bugs } from './bugs.js';
import { prove } from './support/prove.js';
import { settings } from './support/settings.js';
import { Stage } from './support/stage.js';

const { plant, seed } = settings;
const chosen = plant === null || plant === 'all' ? bugs : bugs.filter(({ name }) => name === plant);

const table: string[] = [];
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});

afterAll(async () => {
  process.stdout.write(`\nPlanted bugs, and what caught them (seed ${seed}):\n${table.join('\n')}\n`);
  await stage.close();
});

it('there is a bug of that name', () => {
  expect(
    chosen.map(({ name }) => name),
    `--plant ${plant}; there are: ${bugs.map(({ name }) => name).join('; ')}`,
  ).not.toEqual([]);
});

for (const { name, under, seconds, commandsPerSecond, preloads = [], inDatabase } of chosen) {
  it(`the bug "${name}" is caught by ${under.id}`, async () => {
    const { complaints, report } = await prove(stage, under, {
      ...{ seed, seconds, commandsPerSecond, preloads },
      ...(inDatabase && { prepare: inDatabase }),
    });
    const invariants = [...new Set(report.violations.map(({ invariant }) => invariant))].sort((a, b) => a - b);
    const caught = invariants.length > 0 ? `invariant ${invariants.join(', ')}` : (complaints[0] ?? 'NOT CAUGHT');
    table.push(`${name} → ${under.id}: ${caught}`);
    process.stdout.write(`${table.at(-1)} (${[...complaints, 'nothing else'][0]?.slice(0, 200)})\n`);
    expect(complaints).not.toEqual([]);
  });
}
