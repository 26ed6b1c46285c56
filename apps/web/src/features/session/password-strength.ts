import { limits } from '@tertulia/contract';

export type Strength = { level: 'empty' | 'common' | 'strong'; left: 0 } | { level: 'short' | 'fair'; left: number };

const COMMON =
  /^(?:password|passw0rd|contrase(?:ñ|n)a|qwerty\w*|asdf\w*|letmein|welcome|bienvenid[oa]|tertulia|iloveyou|teamo)[\d!.]*$|^(?:\d{4,}|(.)\1*)$/iu;

/** A hint while typing; the server has the last word. Characters are counted as people see them. */
export function passwordStrength(password: string): Strength {
  const length = [...password].length;
  if (length === 0) return { level: 'empty', left: 0 };
  if (length < limits.passwordMin) return { level: 'short', left: limits.passwordMin - length };
  if (COMMON.test(password)) return { level: 'common', left: 0 };
  if (length < limits.passwordAdvised) return { level: 'fair', left: limits.passwordAdvised - length };
  return { level: 'strong', left: 0 };
}
