import { expect, it } from 'vitest';
import { planted } from '../../test/planted.js';

const aboutTwo = (message: string): unknown =>
  expect.objectContaining({ invariant: 2, message: expect.stringContaining(message) as string });

it('a message that nobody sent is received', () => {
  const found = planted((run) => (run.the('receive', { client: 'bea', message: { seq: 1 } }).message!.op = 'forged'));
  expect(found).toContainEqual(aboutTwo('nobody sent forged'));
});

it('a message is received in another conversation than it was sent to', () => {
  const found = planted((run) => (run.the('receive', { client: 'bea', message: { seq: 1 } }).conversation = 'other'));
  expect(found).toContainEqual(aboutTwo('to other'));
});

it('a message is received under another name', () => {
  const found = planted((run) => (run.the('receive', { client: 'bea', message: { seq: 1 } }).message!.sender = 'dora'));
  expect(found).toContainEqual(aboutTwo('not by dora'));
});

it('a body is received that nobody wrote', () => {
  const found = planted((run) => (run.the('receive', { client: 'bea', message: { seq: 1 } }).message!.body = 'otra'));
  expect(found).toContainEqual(aboutTwo('nobody wrote the body'));
});

it('the body of an edit that was refused is received', () => {
  const found = planted((run) => {
    const { op } = run.the('invoke', { command: 'message:edit' });
    const answer = run.the('complete', { op });
    run.drop(answer);
    run.entries.push({ type: 'complete', t: answer.t, op, client: answer.client, outcome: 'refused', code: 'stale' });
  });
  expect(found).toContainEqual(aboutTwo('nobody wrote the body'));
});

it('a row that nobody sent', () => {
  const found = planted((run) => (run.the('row', { seq: 1 }).op = 'forged'));
  expect(found).toContainEqual(aboutTwo('nobody sent forged'));
});
