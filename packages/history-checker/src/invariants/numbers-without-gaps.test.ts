import { expect, it } from 'vitest';
import { planted } from '../../test/planted.js';

const aboutFour = (message: string): unknown =>
  expect.objectContaining({ invariant: 4, message: expect.stringContaining(message) as string });

it('a hole in the numbers of messages, in the middle and at the end', () => {
  expect(planted((run) => run.drop(run.the('row', { seq: 3 })))).toContainEqual(aboutFour('3 to 3 are missing'));
  expect(planted((run) => run.drop(run.the('row', { seq: 6 })))).toContainEqual(aboutFour('the counter says 6'));
});

it('a number of a message given twice', () => {
  const found = planted((run) => (run.the('row', { seq: 3 }).seq = 2));
  expect(found).toContainEqual(aboutFour('2 is there twice'));
});

it('a hole in the change log, in the middle and at the end', () => {
  expect(planted((run) => run.drop(run.the('change', { ver: 6 })))).toContainEqual(aboutFour('6 to 6 are missing'));
  expect(planted((run) => (run.the('counters').ver += 1))).toContainEqual(aboutFour('the counter says'));
});

it('a change log that begins above the floor', () => {
  const found = planted((run) => run.drop(run.the('change', { ver: 1 })));
  expect(found).toContainEqual(aboutFour('1 to 1 are missing'));
});

it('a change log whose beginning was taken away begins at its floor', () => {
  const found = planted((run) => {
    run.drop(run.the('change', { ver: 1 }));
    run.the('counters').floor = 1;
  });
  expect(found).toEqual([]);
});

it('a message that is older than the one before it', () => {
  expect(planted((run) => (run.the('row', { seq: 4 }).at -= 1_000))).toContainEqual(aboutFour('is older than 3'));
});
