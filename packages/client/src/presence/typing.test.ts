import { limits } from '@tertulia/contract';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Typing } from './typing.js';

let said: string[];
/** Everything told, as "conversation: users". */
let told: string[];
let typing: Typing;

beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  told = [];
  typing = new Typing({
    me: 'ana',
    now: Date.now,
    say: (conversation) => said.push(conversation),
    changed: (conversation) => told.push(`${conversation}: ${typing.of(conversation).join()}`),
  });
});

afterEach(() => {
  vi.useRealTimers();
});

it('every key says it, and it goes out once in a while for each conversation', () => {
  for (let key = 0; key < 50; key += 1) {
    typing.say('talk');
    vi.advanceTimersByTime(100);
  }
  typing.say('other');
  expect(said).toEqual(['talk', 'talk', 'other']);
});

it('somebody who goes on stays, and who falls silent goes', () => {
  typing.heard('talk', 'bea');
  vi.advanceTimersByTime(limits.typingEvery);
  typing.heard('talk', 'eva');
  typing.heard('talk', 'bea');
  vi.advanceTimersByTime(limits.typingLife - 1);
  expect(typing.of('talk')).toEqual(['bea', 'eva']);
  vi.advanceTimersByTime(1);
  expect(typing.of('talk')).toEqual([]);
  expect(told.slice(0, 2)).toEqual(['talk: bea', 'talk: bea,eva']);
  expect(told.at(-1)).toBe('talk: ');
});

it('each ends at its own time', () => {
  typing.heard('talk', 'bea');
  vi.advanceTimersByTime(1_000);
  typing.heard('other', 'eva');
  vi.advanceTimersByTime(limits.typingLife - 1_000);
  expect([typing.of('talk'), typing.of('other')]).toEqual([[], ['eva']]);
  vi.advanceTimersByTime(1_000);
  expect(typing.of('other')).toEqual([]);
});

it('their message ends it, and a notice that it has overtaken does not bring it back', () => {
  typing.heard('talk', 'bea');
  typing.wrote('talk', 'bea');
  typing.heard('talk', 'bea');
  expect(typing.of('talk')).toEqual([]);
  vi.advanceTimersByTime(1_000);
  typing.heard('talk', 'bea');
  expect(typing.of('talk')).toEqual(['bea']);
});

it('what one types oneself on another device is not shown', () => {
  typing.heard('talk', 'ana');
  expect([typing.of('talk'), told]).toEqual([[], []]);
});

it('without a connection nobody is typing', () => {
  typing.heard('talk', 'bea');
  typing.clear();
  expect(told).toEqual(['talk: bea', 'talk: ']);
});
