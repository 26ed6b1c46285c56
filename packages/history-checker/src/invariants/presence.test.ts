import { expect, it } from 'vitest';
import { planted } from '../../test/planted.js';

it('who died without a word is still shown as there after 45 s', () => {
  const found = planted((run) => (run.the('presence', { online: false }).online = true));
  expect(found).toEqual([expect.objectContaining({ invariant: 15, message: 'bea still sees dora there' })]);
});

it('they are shown as away, but too late', () => {
  const found = planted((run) => (run.the('presence', { online: false }).t += 16_000_000));
  expect(found).toEqual([expect.objectContaining({ invariant: 15 })]);
});

it('they came back: then they are there', () => {
  const found = planted((run) => {
    const seen = run.the('presence', { online: false });
    seen.online = true;
    run.entries.push({ type: 'connect', t: seen.t, client: 'dora again', user: 'dora', session: 'another' });
  });
  expect(found).toEqual([]);
});

it('unknown is no claim', () => {
  expect(planted((run) => (run.the('presence', { online: false }).online = null))).toEqual([]);
});
