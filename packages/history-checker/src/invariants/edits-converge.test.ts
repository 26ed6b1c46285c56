import { expect, it } from 'vitest';
import type { StoredAnswer } from '../commands.js';
import type { InvokeOf } from '../history.js';
import { planted } from '../../test/planted.js';

const aboutEleven = (message: string): unknown =>
  expect.objectContaining({ invariant: 11, message: expect.stringContaining(message) as string });

it('an acknowledged edit that is not in the row', () => {
  const found = planted((run) => Object.assign(run.the('row', { seq: 3 }), { body: '¿quién viene?', ver: 7 }));
  expect(found).toContainEqual(aboutEleven('was edited, and it is as before'));
});

it('an earlier edit that came over a later one', () => {
  const found = planted((run) => {
    const edit = run.the('invoke', { command: 'message:edit' });
    const answer = run.the('complete', { op: edit.op });
    run.entries.push(
      { ...edit, op: 'edit before', body: 'antes' } as typeof edit,
      {
        ...answer,
        op: 'edit before',
        ver: 8,
      } as typeof answer,
    );
    for (const message of [...run.all('row'), ...run.all('state').flatMap(({ messages }) => messages)])
      if (message.seq === 3) message.body = 'antes';
  });
  expect(found).toContainEqual(aboutEleven('is not its last edit'));
});

it('an edit over a change that its writer had not seen', () => {
  const found = planted((run) => {
    const edit = run.the('invoke', { command: 'message:edit' }) as InvokeOf<'message:edit'>;
    const answer = run.the('complete', { op: edit.op }) as StoredAnswer;
    run.entries.push({ ...edit, op: 'another' }, { ...answer, op: 'another', ver: answer.ver! + 1 });
  });
  expect(found).toContainEqual(aboutEleven('was written over 7, and came over 9'));
});

it('an edit of unknown outcome may be there or not', () => {
  const found = planted((run) => {
    const edit = run.the('invoke', { command: 'message:edit' });
    run.entries.push({ ...edit, op: 'edit later', body: 'después' } as typeof edit);
    Object.assign(run.the('row', { seq: 3 }), { body: 'después', ver: 20 });
  });
  expect(found.filter(({ invariant }) => invariant === 11)).toEqual([]);
});

it('a deleted message that is there', () => {
  const found = planted((run) => Object.assign(run.the('row', { seq: 4 }), { deleted: false, body: 'yo' }));
  expect(found).toContainEqual(aboutEleven('was deleted, and it is there'));
});

it('a message that nobody deleted and that is deleted', () => {
  const found = planted((run) => {
    const { op } = run.the('invoke', { command: 'message:delete' });
    const answer = run.the('complete', { op });
    run.drop(answer);
    run.entries.push({ type: 'complete', t: answer.t, op, client: answer.client, outcome: 'refused', code: 'x' });
  });
  expect(found).toContainEqual(aboutEleven('nobody deleted it'));
});

it('the body of a deleted message is in the database, on a device, or told again', () => {
  expect(planted((run) => (run.the('row', { seq: 4 }).body = 'yo'))).toContainEqual(aboutEleven('has a body'));
  expect(planted((run) => (run.the('state', { client: 'bea' }).messages[3]!.body = 'yo'))).toContainEqual(
    aboutEleven('has a body'),
  );
  expect(
    planted((run) => (run.the('receive', { client: 'bea', message: { seq: 4, deleted: true } }).message!.body = 'yo')),
  ).toContainEqual(aboutEleven('has a body'));
});

it('one state of a message that is not the same for two clients', () => {
  const found = planted((run) => {
    run.the('receive', { client: 'bea', message: { body: '¿quién viene hoy?' } }).message!.body = '¿quién viene?';
  });
  expect(found).toContainEqual(aboutEleven('has two states of ver'));
});
