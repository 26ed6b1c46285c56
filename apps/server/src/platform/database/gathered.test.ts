import { expect, it } from 'vitest';
import { Gathered } from './gathered.js';

/** Questions that are answered when the test says so. */
function questions() {
  const asked: { keys: string[]; answer: (found: Map<string, number>) => void; fail: (error: Error) => void }[] = [];
  const lookups = new Gathered<number>(
    (keys) => new Promise((resolve, reject) => asked.push({ keys, answer: resolve, fail: reject })),
  );
  return { asked, lookups };
}

it('asks at once for one, and for all that come meanwhile together, each once', async () => {
  const { asked, lookups } = questions();
  const [a, b, c, b2] = ['a', 'b', 'c', 'b'].map((key) => lookups.find(key));
  expect(asked.map(({ keys }) => keys)).toEqual([['a']]);
  asked[0]!.answer(new Map([['a', 1]]));
  expect(await a).toBe(1);
  expect(asked[1]!.keys).toEqual(['b', 'c']);
  asked[1]!.answer(new Map([['b', 2]]));
  expect(await Promise.all([b, c, b2])).toEqual([2, null, 2]);
});

it('never answers from a question that was put before', async () => {
  const { asked, lookups } = questions();
  const before = lookups.find('a');
  const after = lookups.find('a');
  asked[0]!.answer(new Map([['a', 1]]));
  expect(await before).toBe(1);
  asked[1]!.answer(new Map());
  expect(await after).toBeNull();
});

it('a question that fails fails for those who asked it, and the next is put', async () => {
  const { asked, lookups } = questions();
  const [a, b] = [lookups.find('a'), lookups.find('b')];
  asked[0]!.fail(new Error('gone'));
  await expect(a).rejects.toThrow('gone');
  asked[1]!.answer(new Map([['b', 2]]));
  expect(await b).toBe(2);
});
