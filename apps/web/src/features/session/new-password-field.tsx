import { limits } from '@tertulia/contract';
import { useTranslations } from 'use-intl';
import { PasswordField } from './password-field';
import { passwordStrength } from './password-strength';
import { StrengthMeter } from './strength-meter';

export const longEnough = (password: string): boolean => !['empty', 'short'].includes(passwordStrength(password).level);

interface NewPasswordFieldProps {
  label?: string;
  value: string;
  onChange: (password: string) => void;
  /** Somebody tried to go on with what is in the field. */
  tried: boolean;
  autoFocus?: boolean;
}

/** A password to be chosen: says while typing how good it is. */
export function NewPasswordField({ label, value, onChange, tried, autoFocus }: NewPasswordFieldProps) {
  const t = useTranslations('auth');
  const left = Math.max(limits.passwordMin - [...value].length, 1);
  return (
    <PasswordField
      {...(label !== undefined && { label })}
      autoComplete="new-password"
      autoFocus={autoFocus}
      minLength={limits.passwordMin}
      maxLength={limits.passwordMax}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      hint={value ? <StrengthMeter password={value} /> : undefined}
      error={tried && !longEnough(value) ? t('strengthShort', { left }) : null}
    />
  );
}
