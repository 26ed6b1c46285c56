import { expect, it } from 'vitest';
import { check } from './check.js';
import { rightRun } from '../test/right-run.js';

it('a right run breaks nothing, and every statement of every invariant had something to look at', () => {
  const report = check(rightRun());
  expect(report.violations).toEqual([]);
  expect(report.judgements.filter(({ examined }) => examined === 0).map(({ says }) => says)).toEqual([]);
  expect(new Set(report.judgements.map(({ invariant }) => invariant))).toEqual(
    new Set(Array.from({ length: 15 }, (_, index) => index + 1)),
  );
  expect(report.counts).toMatchObject({ sent: 9, acknowledged: 6, lost: 0, doubled: 0, disordered: 0 });
});

it('a history that says nothing is not applicable, not held', () => {
  const { notApplicable, judgements } = check([]);
  expect(notApplicable).toHaveLength(15);
  expect(judgements.every(({ examined }) => examined === 0)).toBe(true);
});
