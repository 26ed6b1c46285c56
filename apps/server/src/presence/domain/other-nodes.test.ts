import { beforeEach, expect, it } from 'vitest';
import { LEASE_MS, OtherNodes } from './other-nodes.js';

let time: number;
let others: OtherNodes;

beforeEach(() => {
  time = 0;
  others = new OtherNodes(() => time);
});

it('a list says who is there, and in whom it differs from the one before', () => {
  expect(others.list('b', 1, [1, 2])).toEqual([1, 2]);
  expect(others.list('b', 2, [2, 3])).toEqual([3, 1]);
  expect([1, 2, 3].map((userId) => others.has(userId))).toEqual([false, true, true]);
});

it('somebody is there as long as one node says so', () => {
  others.list('b', 1, [1]);
  others.list('c', 1, [1]);
  others.change('b', 2, [], [1]);
  expect(others.has(1)).toBe(true);
  others.change('c', 2, [], [1]);
  expect(others.has(1)).toBe(false);
});

it('what arrives twice, or after something newer, changes nothing', () => {
  others.list('b', 5, [1]);
  expect(others.change('b', 7, [2], [1])).toEqual([2, 1]);
  expect(others.change('b', 6, [1], [2])).toEqual([]);
  expect(others.list('b', 7, [1])).toEqual([]);
  expect([others.has(1), others.has(2)]).toEqual([false, true]);
});

it('a change of a node whose list has not arrived says nothing', () => {
  expect(others.change('b', 1, [1], [])).toEqual([]);
  expect([others.has(1), others.knows('b')]).toEqual([false, false]);
});

it('a silent node is gone after its lease, and whatever it says renews it', () => {
  others.list('b', 1, [1]);
  others.list('c', 1, [2]);
  time = LEASE_MS - 1;
  others.change('c', 2, [3], []);
  time = LEASE_MS;
  expect(others.expire()).toBe(true);
  expect([1, 2, 3].map((userId) => others.has(userId))).toEqual([false, true, true]);
  expect(others.expire()).toBe(false);
});
