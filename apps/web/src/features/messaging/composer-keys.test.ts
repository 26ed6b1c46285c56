import { expect, it } from 'vitest';
import { sends, type Keystroke } from './composer-keys';

const enter = (more: Partial<Keystroke> = {}): Keystroke => ({
  key: 'Enter',
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...more,
});

it('Enter sends, Shift+Enter does not', () => {
  expect(sends(enter(), 'enter', false)).toBe(true);
  expect(sends(enter({ shiftKey: true }), 'enter', false)).toBe(false);
  expect(sends(enter({ key: 'a' }), 'enter', false)).toBe(false);
});

it('with the option, only Ctrl or Cmd sends', () => {
  expect(sends(enter(), 'ctrl-enter', false)).toBe(false);
  expect(sends(enter({ ctrlKey: true }), 'ctrl-enter', false)).toBe(true);
  expect(sends(enter({ metaKey: true }), 'ctrl-enter', false)).toBe(true);
});

it('never while an input method composes', () => {
  for (const mode of ['enter', 'ctrl-enter'] as const) {
    expect(sends(enter({ isComposing: true, ctrlKey: true }), mode, false)).toBe(false);
  }
});

it('on a touch screen Enter is a new line', () => {
  expect(sends(enter(), 'enter', true)).toBe(false);
});
