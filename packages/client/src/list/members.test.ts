import { expect, it } from 'vitest';
import { diskLike } from '../../test/harness.js';
import { WriteBehind } from '../cache/write-behind.js';
import { Members } from './members.js';
import { Refetch } from './refetch.js';

const ana = { person: { id: 'ana', name: 'Ana' }, role: 'member', left: false } as const;

it('members that are read from the disk while all is forgotten are of another epoch', async () => {
  const disk = new WriteBehind(diskLike(), () => {});
  const members = new Members(disk, 'ana|', () => {});
  members.set('talk', [ana], 90);
  await disk.flush();
  const fresh = new Members(disk, 'ana|', () => {});
  const loading = fresh.load('talk');
  fresh.clear();
  await loading;
  expect(fresh.of('talk')).toBeUndefined();
  await fresh.load('talk');
  expect(fresh.of('talk')).toEqual([ana]);
});

it('an answer that was asked for before all was forgotten is not taken, and it is asked again', async () => {
  const answers: ((answer: never) => void)[] = [];
  const taken: unknown[] = [];
  const refetch = new Refetch(
    () => new Promise((resolve) => answers.push(resolve)),
    (answer) => taken.push(answer),
  );
  const before = refetch.now('talk');
  refetch.clear();
  const after = refetch.now('talk');
  answers[0]!('of the older epoch' as never);
  answers[1]!('of the newer' as never);
  await Promise.all([before, after]);
  expect(taken).toEqual(['of the newer']);
});
