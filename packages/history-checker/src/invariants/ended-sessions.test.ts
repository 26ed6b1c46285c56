import { expect, it } from 'vitest';
import { planted, type Run } from '../../test/planted.js';

/** Milliseconds after the acknowledged end of dora's session; its bound is a second. */
const after = (run: Run, ms: number): number => {
  const end = run.the('invoke', { command: 'session:end' });
  return run.the('complete', { op: end.op }).t + ms * 1_000;
};

function tellDora(run: Run, ms: number): void {
  const told = run.the('receive', { client: 'bea', message: { seq: 6 }, ver: 14 });
  run.entries.push({ ...told, client: 'dora', user: 'dora', via: 'page', t: after(run, ms) });
}

it('something is told over a session that has ended', () => {
  expect(planted((run) => tellDora(run, 1_001))).toContainEqual(expect.objectContaining({ invariant: 10 }));
});

it('within its bound it may be', () => {
  expect(planted((run) => tellDora(run, 999))).toEqual([]);
});

it('a command is taken over a session that has ended; one from before may be answered late', () => {
  const taken = (run: Run, ms: number) => {
    const op = run.opOf('a ciegas');
    run.the('invoke', { op }).t = after(run, ms);
    run.drop(run.the('complete', { op }));
    run.entries.push({ type: 'complete', t: run.end, op, client: 'dora', outcome: 'stored', seq: 7, ver: 99 });
  };
  expect(planted((run) => taken(run, 1_001))).toContainEqual(expect.objectContaining({ invariant: 10 }));
  expect(planted((run) => taken(run, -1)).filter(({ invariant }) => invariant === 10)).toEqual([]);
});
