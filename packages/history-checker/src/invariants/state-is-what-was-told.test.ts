import { expect, it } from 'vitest';
import { planted } from '../../test/planted.js';
import type { EntryOf } from '../history.js';

const differing = (spoil: (held: EntryOf<'state'>) => void): unknown[] =>
  planted((run) => spoil(run.the('state', { client: 'bea', source: 'client' })));

const aboutFourteen = (field: string): unknown =>
  expect.objectContaining({ invariant: 14, message: `bea holds another ${field} than the server` });

it.each<[string, (held: EntryOf<'state'>) => void]>([
  ['messages', ({ messages }) => (messages[1]!.body = 'otra')],
  ['cursor', (held) => (held.cursor -= 1)],
  ['unread', (held) => (held.unread += 1)],
  ['mark', ({ mark }) => (mark.rev += 1)],
  ['name', (held) => (held.name = 'Mercado')],
  ['members', ({ members }) => (members![2]!.left = true)],
])('a client that holds another %s than the server answers', (field, spoil) => {
  expect(differing(spoil)).toContainEqual(aboutFourteen(field));
});

it('members in another order, or not loaded, are no difference', () => {
  expect(differing(({ members }) => members!.reverse())).toEqual([]);
  expect(differing((held) => (held.members = null))).toEqual([]);
});

it('what is older than the window is not compared', () => {
  expect(differing((held) => Object.assign(held, { hasOlder: true }).messages.splice(0, 3))).toEqual([]);
});
