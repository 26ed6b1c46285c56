import type { ServerRole } from '@tertulia/contract';
import { expect, it } from 'vitest';
import { requireAbove, requireOwner, requireStaff, type Standing } from './standing.js';

const roles = ['member', 'admin', 'owner'] as const;
const standing = (role: ServerRole, userId: number): Standing => ({ userId, role, suspended: false });
const outcome = (rule: () => void): string => {
  try {
    rule();
    return 'allowed';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

it('an admin acts on members, the owner on everybody else, a member on nobody', () => {
  const table = roles.map((actor) =>
    roles.map((subject) => outcome(() => requireAbove(standing(actor, 1), standing(subject, 2)))),
  );
  expect(table).toEqual([
    ['not_allowed', 'not_allowed', 'not_allowed'],
    ['allowed', 'not_allowed', 'owner_protected'],
    ['allowed', 'allowed', 'owner_protected'],
  ]);
});

it('nobody acts on themselves', () => {
  const table = roles.map((role) => outcome(() => requireAbove(standing(role, 1), standing(role, 1))));
  expect(table).toEqual(['not_allowed', 'own_account', 'own_account']);
});

it('the house is kept by admins and owner, handed on by the owner alone', () => {
  expect(roles.map((role) => outcome(() => requireStaff(standing(role, 1))))).toEqual([
    'not_allowed',
    'allowed',
    'allowed',
  ]);
  expect(roles.map((role) => outcome(() => requireOwner(standing(role, 1))))).toEqual([
    'not_allowed',
    'not_allowed',
    'allowed',
  ]);
});
