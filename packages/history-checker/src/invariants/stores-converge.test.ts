import { expect, it } from 'vitest';
import { planted } from '../../test/planted.js';

const aboutEight = (message: string): unknown =>
  expect.objectContaining({ invariant: 8, message: expect.stringContaining(message) as string });

it('a loss: a member who ends up without a message', () => {
  const found = planted((run) => run.the('state', { client: 'bea' }).messages.splice(2, 1));
  expect(found).toContainEqual(aboutEight('bea does not have message 3'));
  expect(found).toContainEqual(expect.objectContaining({ invariant: 8, effect: 'lost' }));
});

it('a member who ends up with the state before an edit', () => {
  const found = planted((run) => {
    Object.assign(run.the('state', { client: 'bea' }).messages[2]!, { body: '¿quién viene?', ver: 7 });
  });
  expect(found).toContainEqual(aboutEight('bea has another message 3'));
});

it('a member who holds what is not there', () => {
  const found = planted((run) => {
    const { messages } = run.the('state', { client: 'bea' });
    messages.push({ ...messages[0]!, seq: 7 });
  });
  expect(found).toContainEqual(aboutEight('a message 7'));
});

it('a window: what is older than it may be missing, if the client says that there is more', () => {
  const cut = (hasOlder: boolean) =>
    planted((run) => Object.assign(run.the('state', { client: 'bea' }), { hasOlder }).messages.splice(0, 2));
  expect(cut(true)).toEqual([]);
  expect(cut(false)).toContainEqual(aboutEight('bea does not have message 1'));
});

it('a member who sees from a later place on holds nothing from before', () => {
  const found = planted((run) => (run.the('member', { user: 'carla' }).fromSeq = 6));
  expect(found).toContainEqual(aboutEight('a message 5 that carla may not see'));
});

it('somebody who left and still holds the conversation', () => {
  const found = planted((run) => (run.the('member', { user: 'carla' }).leftVer = 99));
  expect(found).toContainEqual(aboutEight('that carla may not see'));
});

it('a member who has not come to the last change', () => {
  const found = planted((run) => (run.the('state', { client: 'bea' }).cursor -= 1));
  expect(found).toContainEqual(aboutEight('bea is at change'));
});
