import { expect, it } from 'vitest';
import { planted, type Run } from '../../test/planted.js';

const aboutNine = (message: string): unknown =>
  expect.objectContaining({ invariant: 9, message: expect.stringContaining(message) as string });

/** Carla is told what was said while she was out. */
function tellCarla(run: Run, via: 'live' | 'page', at: (run: Run) => number): void {
  const told = run.the('receive', { client: 'bea', message: { seq: 5 } });
  run.entries.push({ ...told, client: 'carla late', user: 'carla', via, t: at(run) });
}

const whileOut = (run: Run): number => run.the('invoke', { command: 'member:add' }).t - 1;

it('a late delivery: a change reaches somebody who was removed before it', () => {
  expect(planted((run) => tellCarla(run, 'live', whileOut))).toContainEqual(aboutNine('carla'));
});

it('a history page reaches somebody who was removed', () => {
  expect(planted((run) => tellCarla(run, 'page', whileOut))).toContainEqual(aboutNine('carla'));
});

it('the removal itself reaches who was removed', () => {
  const found = planted((run) => {
    const removal = run.the('change', { kind: 'left', user: 'carla' });
    const told = run.the('receive', { client: 'bea', ver: removal.ver });
    run.entries.push({ ...told, client: 'carla late', user: 'carla', t: whileOut(run) });
  });
  expect(found).toContainEqual(aboutNine('carla was out from change'));
});

it('an edit from after the removal, carried by a change from before it', () => {
  const found = planted((run) => {
    const told = run.the('receive', { client: 'bea', message: { seq: 2 } });
    const late = { ...told.message!, ver: 99 };
    run.entries.push({ ...told, client: 'carla late', user: 'carla', message: late, t: whileOut(run) });
    run.the('member', { user: 'carla' }).leftVer = 50;
  });
  expect(found).toContainEqual(aboutNine('message 2 in its state of 99'));
});

it('back in, carla may see what was said meanwhile', () => {
  expect(planted((run) => tellCarla(run, 'page', ({ end }) => end))).toEqual([]);
});

it('somebody who never was a member', () => {
  const found = planted((run) => {
    run.entries.push({ ...run.the('receive', { client: 'bea' }), client: 'eva', user: 'eva' });
  });
  expect(found).toContainEqual(aboutNine('eva is no member'));
});

it('a message from below the place from which somebody may see', () => {
  const found = planted((run) => (run.the('member', { user: 'dora' }).fromSeq = 2));
  expect(found).toContainEqual(aboutNine('dora may see from 2 on'));
});

it('without a change log the acknowledged removal says from when on nothing may come', () => {
  const found = planted((run) => {
    for (const change of run.all('change')) run.drop(change);
    tellCarla(run, 'live', whileOut);
  });
  expect(found).toContainEqual(aboutNine('carla'));
});
