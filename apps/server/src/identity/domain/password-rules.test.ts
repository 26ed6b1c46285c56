import { describe, expect, it } from 'vitest';
import { requireStrongPassword } from './password-rules.js';

const owner = { email: 'jose@example.org', name: 'José Rodríguez' };
const common = new Set(['contrasena', 'password1']);
const reasonOf = (password: string): unknown => {
  try {
    requireStrongPassword(password, owner, (folded) => common.has(folded));
    return null;
  } catch (error) {
    return (error as { data: { reason: string } }).data.reason;
  }
};

describe('a password', () => {
  it('has eight characters or more, counted as people see them', () => {
    expect(reasonOf('siete77')).toBe('too_short');
    expect(reasonOf('😀😀😀😀')).toBe('too_short');
    expect(reasonOf('ocho8888')).toBeNull();
  });

  it('is none of those that every guesser tries, in whatever letters', () => {
    for (const password of ['Password1', 'contraseña', 'CONTRASEÑA']) expect(reasonOf(password)).toBe('common');
  });

  it("is not one's own name or e-mail", () => {
    for (const password of ['jose rodriguez', 'jose@example.org']) expect(reasonOf(password)).toBe('own_name');
  });

  it('needs no digits, signs or capitals', () => {
    expect(reasonOf('una tertulia de barrio')).toBeNull();
  });
});
