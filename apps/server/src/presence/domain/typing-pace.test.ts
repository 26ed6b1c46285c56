import { limits } from '@tertulia/contract';
import { expect, it } from 'vitest';
import { TypingPace } from './typing-pace.js';

it('is too soon for one person in one conversation, and for no one else', () => {
  const pace = new TypingPace(() => 0);
  pace.tells(1, 10);
  expect(pace.isTooSoon(1, 10)).toBe(true);
  expect([pace.isTooSoon(2, 10), pace.isTooSoon(1, 11)]).toEqual([false, false]);
});

it('two that the network brought a little closer together are both told', () => {
  let time = 0;
  const pace = new TypingPace(() => time);
  pace.tells(1, 10);
  time = limits.typingEvery / 2;
  expect(pace.isTooSoon(1, 10)).toBe(true);
  time = limits.typingEvery - 400;
  expect(pace.isTooSoon(1, 10)).toBe(false);
});
