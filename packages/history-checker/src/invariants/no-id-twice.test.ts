import { expect, it } from 'vitest';
import { planted } from '../../test/planted.js';

const double = expect.objectContaining({ invariant: 3, effect: 'doubled' }) as unknown;

it('a double in the database', () => {
  expect(planted((run) => run.entries.push({ ...run.the('row', { seq: 1 }), seq: 7 }))).toContainEqual(double);
});

it('a change that a client takes twice', () => {
  const found = planted((run) => {
    const change = run.the('receive', { client: 'bea', via: 'live' });
    run.entries.splice(run.entries.indexOf(change), 0, { ...change });
  });
  expect(found).toContainEqual(double);
});

it('a message that a client takes at two places', () => {
  const found = planted((run) => {
    run.the('receive', { client: 'bea', message: { seq: 2 } }).message!.op = run.opOf('hola');
  });
  expect(found).toContainEqual(double);
});

it('a message that a client holds twice at the end', () => {
  const found = planted((run) => {
    const { messages } = run.the('state', { client: 'bea', source: 'client' });
    messages.push({ ...messages[0]!, seq: 7 });
  });
  expect(found).toContainEqual(double);
});

it('the same message on two devices, or on a page and then live, is no double', () => {
  const found = planted((run) => {
    const change = run.the('receive', { client: 'bea', message: { seq: 1 } });
    run.entries.push({ ...change, via: 'page' });
  });
  expect(found).toEqual([]);
});
