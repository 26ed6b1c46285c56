import { expect, it } from 'vitest';
import { planted } from '../../test/planted.js';

const disordered = (message: string): unknown =>
  expect.objectContaining({
    invariant: 6,
    effect: 'disordered',
    message: expect.stringContaining(message) as string,
  });

it('a swap: acknowledged before the other was sent, and stands after it', () => {
  expect(planted((run) => run.swap(1, 2))).toContainEqual(disordered('was acknowledged before'));
});

it('a swap of two messages of one sender', () => {
  expect(planted((run) => run.swap(2, 3))).toContainEqual(disordered('bea sent'));
});

it('two messages that were on their way together may stand either way', () => {
  const found = planted((run) => {
    run.the('invoke', { op: run.opOf('buenas') }).t = run.the('invoke', { op: run.opOf('hola') }).t;
    run.swap(1, 2);
  });
  expect(found.filter(({ invariant }) => invariant === 6)).toEqual([]);
});

it('the place of a cancelled message may be reserved later than the next one was sent', () => {
  const found = planted((run) => {
    const op = run.opOf('buenas');
    const cancel = run.the('invoke', { command: 'message:cancel' });
    run.entries.push({ ...cancel, op: 'cancel', message: op } as typeof cancel);
    run.swap(2, 3);
  });
  expect(found.filter(({ invariant }) => invariant === 6)).toEqual([]);
});

it('a client that takes a later change before an earlier one', () => {
  const found = planted((run) => {
    const [one, other] = run.all('receive', { client: 'bea', via: 'live' });
    [one!.t, other!.t] = [other!.t, one!.t];
  });
  expect(found).toContainEqual(disordered('bea took change'));
});
