import { expect, it } from 'vitest';
import { pageTitle, titleCount } from './title-count';

it('counts direct messages one by one and groups as one', () => {
  expect(
    titleCount([
      { kind: 'direct', unread: 2 },
      { kind: 'group', unread: 40 },
      { kind: 'group', unread: 0 },
      { kind: 'direct', unread: 0 },
    ]),
  ).toBe(3);
  expect(titleCount([])).toBe(0);
});

it('the title says it before the name, and nothing when all is read', () => {
  expect(pageTitle('Tertulia', 3)).toBe('(3) Tertulia');
  expect(pageTitle('Tertulia', 0)).toBe('Tertulia');
  expect(pageTitle('Tertulia', 250)).toBe('(99+) Tertulia');
});
