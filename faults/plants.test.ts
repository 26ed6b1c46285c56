import type { Report } from '@tertulia/history-checker';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bugs } from './bugs.js';
import type { Bug } from './support/bug.js';
import { prove } from './support/prove.js';
import { settings } from './support/settings.js';
import { Stage } from './support/stage.js';

const { plant, seed } = settings;
const chosen = plant === null || plant === 'all' ? bugs : bugs.filter(({ name }) => name === plant);
const common = { seed, seconds: 14, commandsPerSecond: 40, patienceMs: 10_000 };

/** By bug, the numbers of the invariants that caught it. */
const caughtBy = new Map<string, readonly number[]>();
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});

afterAll(async () => {
  process.stdout.write(`\nSeed ${seed}\n\n${table()}\n\n`);
  await stage.close();
});

it('there is a bug of that name', () => {
  expect(
    chosen.map(({ name }) => name),
    `--plant ${plant}; there are: ${bugs.map(({ name }) => name).join('; ')}`,
  ).not.toEqual([]);
});

for (const { name, under, ...options } of chosen) {
  it(`the bug "${name}" is caught under ${under.id} by an invariant`, async () => {
    const { report, complaints } = await prove(stage, under, { ...common, ...options });
    caughtBy.set(name, invariantsIn(report));
    process.stdout.write(`${rowOf({ name, under })} ${complaints.slice(0, 3).join('; ').slice(0, 400)}\n`);
    expect(caughtBy.get(name), complaints.join('\n')).not.toEqual([]);
  });
}

const invariantsIn = ({ violations }: Report): number[] =>
  [...new Set(violations.map(({ invariant }) => invariant))].sort((a, b) => a - b);

function rowOf({ name, under }: Pick<Bug, 'name' | 'under'>): string {
  const caught = caughtBy.get(name);
  const verdict = caught === undefined ? 'not judged' : caught.join(', ') || 'not caught';
  return `| ${name} | ${under.id} | ${verdict} |`;
}

function table(): string {
  return ['| Bug | Fault | Caught by invariant |', '| --- | --- | --- |', ...chosen.map(rowOf)].join('\n');
}
