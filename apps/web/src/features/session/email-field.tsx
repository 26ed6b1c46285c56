import { limits } from '@tertulia/contract';
import { useTranslations } from 'use-intl';
import { Field } from '../../components/ui/field';
import { looksLikeEmail } from './use-form';

interface EmailFieldProps {
  value: string;
  onChange: (email: string) => void;
  /** Somebody tried to go on with what is in the field. */
  tried: boolean;
  autoFocus?: boolean;
}

export function EmailField({ value, onChange, tried, autoFocus }: EmailFieldProps) {
  const t = useTranslations('auth');
  return (
    <Field
      label={t('email')}
      type="email"
      name="email"
      autoComplete="username"
      inputMode="email"
      autoCapitalize="none"
      spellCheck={false}
      autoFocus={autoFocus}
      required
      maxLength={limits.email}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      error={tried && !looksLikeEmail(value) ? t('emailInvalid') : null}
    />
  );
}
