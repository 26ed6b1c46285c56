import { expect, it } from 'vitest';
import { planted } from '../../test/planted.js';

const aboutTwelve = (message: string): unknown =>
  expect.objectContaining({ invariant: 12, message: expect.stringContaining(message) as string });

it('a device that holds another read mark', () => {
  const found = planted((run) => (run.the('state', { client: 'ana at the desk' }).mark.seq -= 1));
  expect(found).toContainEqual(aboutTwelve('ana at the desk holds another read mark'));
});

it('two devices that disagree, where nobody looked into the database', () => {
  const found = planted((run) => {
    for (const member of run.all('member')) run.drop(member);
    run.the('state', { client: 'ana at the desk' }).mark.seq -= 1;
  });
  expect(found).toContainEqual(aboutTwelve('holds another read mark'));
});

it('a number of unread messages that a recount does not give', () => {
  const found = planted((run) => (run.the('state', { client: 'ana on the phone' }).unread += 1));
  expect(found).toContainEqual(aboutTwelve('ana on the phone says 3 unread, a recount 2'));
});

it('a device that sees its read mark go back, by seq and by rev', () => {
  const seen = (change: { rev?: number; seq?: number }) =>
    planted((run) => Object.assign(run.all('mark', { client: 'ana on the phone' })[2]!, change));
  expect(seen({ rev: 0, seq: 3 })).toContainEqual(aboutTwelve('saw its read mark go back'));
  expect(seen({ rev: 0, seq: 5 }).filter(({ invariant }) => invariant === 12)).toEqual([]);
});

it('a read mark that goes back from one answer to the next', () => {
  const found = planted((run) => {
    const [, second] = run.all('invoke', { command: 'read:mark' });
    Object.assign(run.the('complete', { op: second!.op }), { mark: { rev: 0, seq: 1 } });
  });
  expect(found).toContainEqual(aboutTwelve('a read mark went back'));
});

it('an acknowledged read mark that is not in the row', () => {
  const found = planted((run) => Object.assign(run.the('member', { user: 'ana' }), { readRev: 0, readSeq: 4 }));
  expect(found).toContainEqual(aboutTwelve('a read mark went back'));
});
