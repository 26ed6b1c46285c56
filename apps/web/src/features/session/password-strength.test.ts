import { expect, it } from 'vitest';
import { passwordStrength } from './password-strength';

it('says how many characters are missing, first to the least, then to the advised length', () => {
  expect(passwordStrength('')).toEqual({ level: 'empty', left: 0 });
  expect(passwordStrength('cinco')).toEqual({ level: 'short', left: 3 });
  expect(passwordStrength('nubes-mar')).toEqual({ level: 'fair', left: 3 });
  expect(passwordStrength('nubes-mar-y-sal')).toEqual({ level: 'strong', left: 0 });
});

it('what everybody tries first is not strong, however long', () => {
  for (const word of ['password123', 'Contraseña2026', 'aaaaaaaaaaaaaaaa', '123456789012', 'qwertyuiop'])
    expect(passwordStrength(word).level).toBe('common');
});

it('an emoji is one character', () => {
  expect(passwordStrength('😀😀😀😀😀😀😀')).toEqual({ level: 'short', left: 1 });
});
