import { expect, it } from 'vitest';
import { planted, type Run } from '../../test/planted.js';

/** Bea's cursor falls from 12 to 2. */
const fall = (run: Run): number => {
  const cursor = run.all('cursor', { client: 'bea' }).at(-1)!;
  cursor.ver = 2;
  return cursor.t;
};

it('a cursor that goes back', () => {
  expect(planted((run) => fall(run))).toEqual([
    expect.objectContaining({ invariant: 13, message: expect.stringContaining('the cursor of bea') as string }),
  ]);
});

it('in another epoch it begins anew', () => {
  const found = planted((run) => {
    const t = fall(run) - 1;
    run.entries.push({ type: 'epoch', t, client: 'bea', epoch: 'the next' });
  });
  expect(found.filter(({ invariant }) => invariant === 13)).toEqual([]);
});

it('the cursor of what concerns the user is one of its own', () => {
  const found = planted((run) => {
    for (const ver of [5, 4]) run.entries.push({ type: 'cursor', t: run.end, client: 'bea', conversation: null, ver });
  });
  expect(found).toEqual([expect.objectContaining({ invariant: 13 })]);
});
