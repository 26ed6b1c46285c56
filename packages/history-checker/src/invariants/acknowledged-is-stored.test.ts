import { expect, it } from 'vitest';
import { planted } from '../../test/planted.js';

it('a loss: an acknowledged message without a row', () => {
  const found = planted((run) => run.drop(run.the('row', { body: 'sin carla' })));
  expect(found).toContainEqual(expect.objectContaining({ invariant: 1, effect: 'lost' }));
});

it('a double: an acknowledged message with two rows', () => {
  const found = planted((run) => run.entries.push({ ...run.the('row', { body: 'hola' }), seq: 7 }));
  expect(found).toContainEqual(expect.objectContaining({ invariant: 1, effect: 'doubled' }));
});

it('a row at another place than the acknowledgement said', () => {
  const found = planted((run) => Object.assign(run.the('complete', { op: run.opOf('hola') }), { seq: 2 }));
  expect(found).toContainEqual(expect.objectContaining({ invariant: 1, effect: 'disordered' }));
});

it('a row with another body, or under another sender', () => {
  expect(planted((run) => (run.the('row', { body: 'hola' }).body = 'adiós'))).toContainEqual(
    expect.objectContaining({ invariant: 1, message: expect.stringContaining('another body') as string }),
  );
  expect(planted((run) => (run.the('row', { body: 'hola' }).sender = 'bea'))).toContainEqual(
    expect.objectContaining({ invariant: 1, message: expect.stringContaining('another sender') as string }),
  );
});

it('everything lost: not one row, only counters', () => {
  const found = planted((run) => {
    for (const row of run.all('row')) run.drop(row);
  });
  expect(found.filter(({ invariant, effect }) => invariant === 1 && effect === 'lost')).toHaveLength(6);
});
