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
import { useSession } from './session-store';
import { looksLikeEmail, useSubmit } from './use-form';

export function LoginForm() {
  const t = useTranslations('auth');
  const ended = useSession(({ session }) => session.status === 'signed-out' && session.reason === 'session_ended');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const { busy, problem, tried, submit } = useSubmit(
    () => client().login({ email: email.trim(), password }),
    () => looksLikeEmail(email) && password !== '',
  );
  return (
    <AuthFrame title={t('loginTitle')} lead={t('loginLead')}>
      <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {ended && !problem ? <p role="status">{t('sessionEnded')}</p> : null}
        {problem ? <Alert>{problem}</Alert> : null}
        <Field
          label={t('email')}
          type="email"
          name="email"
          autoComplete="username"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
          maxLength={limits.email}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          error={tried && !looksLikeEmail(email) ? t('emailInvalid') : null}
        />
        <PasswordField
          autoComplete="current-password"
          maxLength={limits.passwordMax}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={tried && password === '' ? t('passwordMissing') : null}
        />
        <Button type="submit" kind="primary" disabled={busy}>
          {busy ? t('working') : t('login')}
        </Button>
      </form>
      <p className="text-center text-sm text-soft">
        {t.rich('toRegister', {
          link: (text) => (
            <Link href="/register" className="font-semibold text-accent-strong underline underline-offset-2">
              {text}
            </Link>
          ),
        })}
      </p>
    </AuthFrame>
  );
}
