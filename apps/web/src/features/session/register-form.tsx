'use client';
import Link from 'next/link';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { limits } from '@tertulia/contract';
import { Alert } from '../../components/ui/alert';
import { Button } from '../../components/ui/button';
import { Field } from '../../components/ui/field';
import { client } from '../../lib/client';
import { AuthFrame } from './auth-frame';
import { PasswordField } from './password-field';
import { passwordStrength } from './password-strength';
import { StrengthMeter } from './strength-meter';
import { useNeedsOwner } from './use-needs-owner';
import { looksLikeEmail, useSubmit } from './use-form';

const longEnough = (password: string): boolean => !['empty', 'short'].includes(passwordStrength(password).level);

export function RegisterForm() {
  const t = useTranslations('auth');
  const needsOwner = useNeedsOwner();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { busy, problem, tried, submit } = useSubmit(
    () => client().register({ email: email.trim(), name: name.trim(), password }),
    () => name.trim() !== '' && looksLikeEmail(email) && longEnough(password),
  );
  const left = Math.max(limits.passwordMin - [...password].length, 1);
  return (
    <AuthFrame title={t('registerTitle')} lead={t('registerLead')}>
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {needsOwner ? <p className="rounded-md bg-accent-soft px-3 py-2 text-sm">{t('ownerNote')}</p> : null}
        {problem ? <Alert>{problem}</Alert> : null}
        <Field
          label={t('name')}
          hint={t('nameHint')}
          name="name"
          autoComplete="name"
          autoFocus
          required
          dir="auto"
          maxLength={limits.displayName}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={tried && name.trim() === '' ? t('nameMissing') : null}
        />
        <Field
          label={t('email')}
          type="email"
          name="email"
          autoComplete="username"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={limits.email}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          error={tried && !looksLikeEmail(email) ? t('emailInvalid') : null}
        />
        <PasswordField
          autoComplete="new-password"
          minLength={limits.passwordMin}
          maxLength={limits.passwordMax}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          hint={password ? <StrengthMeter password={password} /> : undefined}
          error={tried && !longEnough(password) ? t('strengthShort', { left }) : null}
        />
        <Button type="submit" kind="primary" disabled={busy}>
          {busy ? t('working') : t('register')}
        </Button>
      </form>
      <p className="text-center text-sm text-soft">
        {t.rich('toLogin', {
          link: (text) => (
            <Link href="/login" className="font-semibold text-accent-strong underline underline-offset-2">
              {text}
            </Link>
          ),
        })}
      </p>
    </AuthFrame>
  );
}
