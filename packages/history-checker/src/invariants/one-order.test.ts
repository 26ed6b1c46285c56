import { expect, it } from 'vitest';
import { planted, type Run } from '../../test/planted.js';

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

/** A connection of bea's that was ready before "buenas", which is change 6, was sent, and that hears from `ver` on. */
function connectFrom(run: Run, ver: number): void {
  const { t } = run.the('invoke', { body: 'buenas' });
  const heard = run.all('receive', { client: 'bea', via: 'live' }).filter((entry) => entry.ver >= ver);
  run.entries.push({ type: 'epoch', t: t - 1, client: 'bea#1', epoch: 'the first' });
  run.entries.push(...heard.map((entry) => ({ ...entry, client: 'bea#1' })));
}

it('a connection that was ready, and did not hear what was sent then', () => {
  expect(planted((run) => connectFrom(run, 6))).toEqual([]);
  expect(planted((run) => connectFrom(run, 7))).toContainEqual(aboutFive('ready when change 6 was begun'));
});

it('a hole that was shown for more than a second', () => {
  expect(planted((run) => (run.the('hole').shownMs = 1_001))).toContainEqual(aboutFive('for 1001 ms'));
});
