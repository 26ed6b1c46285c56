import { limits } from '@tertulia/contract';
import { AppError } from '../../shared/app-error.js';
import { foldText } from '../../shared/text.js';

export interface PasswordOwner {
  email: string;
  name: string;
}

/** Length and commonness only: composition rules make passwords worse (OWASP ASVS 5.0, 6.2). `isCommon` gets folded text. */
export function requireStrongPassword(
  password: string,
  owner: PasswordOwner,
  isCommon: (folded: string) => boolean,
): void {
  const folded = foldText(password);
  if ([...password].length < limits.passwordMin) throw weak('too_short');
  if (isCommon(folded)) throw weak('common');
  const own = [owner.email, owner.email.split('@')[0] ?? '', owner.name].map(foldText);
  if (own.includes(folded)) throw weak('own_name');
}

const weak = (reason: string): AppError => new AppError('password_weak', { reason, min: limits.passwordMin });
