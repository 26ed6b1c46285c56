import { limits } from '@tertulia/contract';
import { expect, it } from 'vitest';
import { bytesLeft } from './message-size';

it('says nothing until the last tenth', () => {
  expect(bytesLeft('hello')).toBeNull();
  expect(bytesLeft('a'.repeat(limits.messageBytes * 0.8))).toBeNull();
  expect(bytesLeft('a'.repeat(limits.messageBytes - 10))).toBe(10);
});

it('counts bytes, not letters, and not the blanks around', () => {
  expect(bytesLeft('ñ'.repeat(limits.messageBytes / 2))).toBe(0);
  expect(bytesLeft(`${'ñ'.repeat(limits.messageBytes / 2)}\n\n`)).toBe(0);
  expect(bytesLeft('👍'.repeat(limits.messageBytes / 4 + 1))).toBe(-4);
});
