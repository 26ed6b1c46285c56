import { expect, it } from 'vitest';
import { planted } from '../../test/planted.js';

const aboutFive = (message: string): unknown =>
  expect.objectContaining({ invariant: 5, message: expect.stringContaining(message) as string });

it('a place that is one message for one client and another for another', () => {
  const found = planted((run) => {
    run.the('receive', { client: 'bea', message: { seq: 1 } }).message!.seq = 2;
  });
  expect(found).toContainEqual(aboutFive('place 2'));
});

it('a place that was another message in an earlier epoch is right', () => {
  const found = planted((run) => {
    const before = { ...run.the('receive', { client: 'bea', message: { seq: 1 } }), client: 'eva', t: 1 };
    before.message = { ...before.message!, seq: 5 };
    run.entries.push({ type: 'epoch', t: 0, client: 'eva', epoch: 'before' }, before);
  });
  expect(found.filter(({ invariant }) => invariant === 5)).toEqual([]);
});

it('a hole: a change that a client never took', () => {
  const found = planted((run) => run.drop(run.the('receive', { client: 'bea', ver: 7, via: 'live' })));
  expect(found).toContainEqual(aboutFive('from change 6 to 8'));
});

it('a client that forgets and loads anew may jump', () => {
  const found = planted((run) => {
    const change = run.the('receive', { client: 'bea', ver: 7, via: 'live' });
    run.drop(change);
    run.entries.push({ type: 'reset', t: change.t, client: 'bea', conversation: change.conversation });
  });
  expect(found).toEqual([]);
});

it('a hole that was shown for more than a second', () => {
  expect(planted((run) => (run.the('hole').shownMs = 1_001))).toContainEqual(aboutFive('for 1001 ms'));
});
