import { limits } from '@tertulia/contract';
import { describe, expect, it } from 'vitest';
import { composeBody } from './message-body.js';

const codeOf = (text: string): string => {
  try {
    return composeBody(text);
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('a message', () => {
  it('is trimmed outside and left alone inside', () => {
    expect(composeBody('\n  uno\n\n  dos  \n')).toBe('uno\n\n  dos');
  });

  it('is not empty', () => {
    for (const text of ['', ' ', '\n\t\u00a0\u2003']) expect(codeOf(text)).toBe('message_empty');
  });

  it('is measured in bytes after trimming', () => {
    expect(composeBody(` ${'x'.repeat(limits.messageBytes)} `)).toHaveLength(limits.messageBytes);
    expect(codeOf('x'.repeat(limits.messageBytes + 1))).toBe('message_too_long');
    expect(codeOf('ñ'.repeat(limits.messageBytes / 2 + 1))).toBe('message_too_long');
  });
});
