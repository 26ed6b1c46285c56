import { expect, it } from 'vitest';
import { planted } from '../../test/planted.js';

const aboutSeven = (message: string): unknown =>
  expect.objectContaining({ invariant: 7, message: expect.stringContaining(message) as string });

it('a refused message that is stored', () => {
  const found = planted((run) => (run.the('row', { seq: 6 }).op = run.opOf('demasiado')));
  expect(found).toContainEqual(aboutSeven('was refused and is stored'));
});

it('a refused message that somebody was told', () => {
  const found = planted((run) => {
    run.the('receive', { client: 'bea', message: { seq: 6 } }).message!.op = run.opOf('demasiado');
  });
  expect(found).toContainEqual(aboutSeven('bea was told it'));
});

it('a message of unknown outcome that is stored twice', () => {
  const found = planted((run) => {
    for (const seq of [5, 6]) run.the('row', { seq }).op = run.opOf('a ciegas');
  });
  expect(found).toContainEqual(aboutSeven('is stored 2 times'));
});

it('a message of unknown outcome that is stored once is right', () => {
  const found = planted((run) => {
    const row = run.the('row', { seq: 6 });
    run.entries.push({ ...row, op: run.opOf('a ciegas'), seq: 7 });
  });
  expect(found.filter(({ invariant }) => invariant === 7)).toEqual([]);
});

it('a resend that is answered with another place, or refused', () => {
  expect(
    planted((run) => {
      const [, answer] = run.all('complete', { op: run.opOf('de vuelta') });
      Object.assign(answer!, { seq: 7 });
    }),
  ).toContainEqual(aboutSeven('in different ways'));
  expect(
    planted((run) => {
      const sent = run.the('invoke', { body: 'hola' });
      const again = { type: 'complete', t: run.end, op: sent.op, client: sent.client } as const;
      run.entries.push({ ...again, outcome: 'refused', code: 'conversation_not_found' });
    }),
  ).toContainEqual(aboutSeven('in different ways'));
});

it('a cancelled message that is there', () => {
  const found = planted((run) => (run.the('row', { seq: 6 }).op = run.opOf('mejor no')));
  expect(found).toContainEqual(aboutSeven('was cancelled and is there'));
});
