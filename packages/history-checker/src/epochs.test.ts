import { expect, it } from 'vitest';
import { Run } from '../test/planted.js';
import { putBackRun } from '../test/put-back-run.js';
import { check } from './check.js';

function violations(spoil: (run: Run) => void): { invariant: number; message: string }[] {
  const run = new Run(putBackRun());
  spoil(run);
  return [...check(run.entries).violations];
}

const about = (invariant: number, message: string, more: object = {}): unknown =>
  expect.objectContaining({ invariant, ...more, message: expect.stringContaining(message) as string });

/** The answer of the epoch in which it was offered again. */
const offeredAgain = (run: Run, body: string) => run.all('complete', { op: run.opOf(body) }).at(-1)!;

it('what went with the epoch before, or is another in this one, is right', () => {
  const run = new Run(putBackRun());
  expect(run.all('row').map(({ body }) => body)).toEqual([
    'kept',
    'deleted after the copy',
    'lost, and its last words',
    'new, and edited',
  ]);
  expect(offeredAgain(run, 'not a member in the copy')).toMatchObject({ outcome: 'refused' });
  expect(violations(() => undefined)).toEqual([]);
});

it('a message that was acknowledged before, and was neither offered again nor refused', () => {
  const found = violations((run) => run.drop(offeredAgain(run, 'not a member in the copy')));
  expect(found).toContainEqual(about(1, 'acknowledged and is not stored', { effect: 'lost' }));
});

it('a message that was acknowledged before and after, and is lost', () => {
  const found = violations((run) => run.drop(run.the('row', { op: run.opOf('lost') })));
  expect(found).toContainEqual(about(1, 'acknowledged and is not stored'));
});

it('a message that is stored once more when it is offered again', () => {
  const found = violations((run) => {
    run.entries.push({ ...run.the('row', { op: run.opOf('lost') }), seq: 5 });
  });
  expect(found).toContainEqual(about(1, 'is stored 2 times'));
});

it('a message that is shown in the new epoch at the number of another', () => {
  const found = violations((run) => {
    const before = run.the('receive', { client: 'carla', message: { seq: 4 } });
    run.entries.push({ ...before, client: 'bea', user: 'bea', t: run.the('epoch', { client: 'bea#2' }).t });
  });
  expect(found).toContainEqual(about(5, 'place 4 was'));
});

it('a connection that hears the new epoch at the number of another before it is told', () => {
  const found = violations((run) => {
    const { message } = run.the('receive', { client: 'bea#2' });
    message!.op = run.opOf('kept');
  });
  expect(found).toContainEqual(about(5, 'place 4 was'));
});

it('a message that is told in the epoch that refused it', () => {
  const found = violations((run) => {
    const { message } = run.the('receive', { client: 'bea#2' });
    Object.assign(message!, { op: run.opOf('not a member in the copy'), sender: 'carla' });
  });
  expect(found).toContainEqual(about(7, 'was refused, and bea#2 was told it'));
});

it('two answers in one epoch', () => {
  const found = violations((run) => {
    const answer = offeredAgain(run, 'lost');
    run.entries.push({ ...answer, outcome: 'stored', seq: 4 });
  });
  expect(found).toContainEqual(about(7, 'in different ways'));
});

it('an edit of the epoch before that comes over another message with the same number', () => {
  const found = violations((run) => {
    run.the('row', { seq: 4 }).body = 'lost, and its last words';
  });
  expect(found).toContainEqual(about(2, 'nobody wrote the body'));
});

it('a deletion of the epoch before that takes another message with the same number', () => {
  const found = violations((run) => {
    Object.assign(run.the('invoke', { command: 'message:delete', seq: 5 }), { seq: 4 });
    Object.assign(run.the('row', { seq: 4 }), { body: '', deleted: true });
  });
  expect(found).toContainEqual(about(11, 'message 4 of plaza is deleted, and nobody deleted it'));
});

it('an edit of the new epoch that is lost', () => {
  const found = violations((run) => {
    run.the('row', { seq: 4 }).body = 'new';
  });
  expect(found).toContainEqual(about(11, 'message 4 of plaza is not its last edit'));
});

it('somebody who is no member in the copy is told what is new', () => {
  const found = violations((run) => {
    run.entries.push({ ...run.the('receive', { client: 'bea#2' }), client: 'carla', user: 'carla', t: run.end });
  });
  expect(found).toContainEqual(about(9, 'carla was out'));
});
