'use client';
import { limits } from '@tertulia/contract';
import Link from 'next/link';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { client } from '../../lib/client';
import { AuthForm } from './auth-form';
import { EmailField } from './email-field';
import { PasswordField } from './password-field';
import { useSession } from './session-store';
import { looksLikeEmail, useSubmit } from './use-form';
import { useRegisterFirst } from './use-register-first';

export function LoginForm() {
  const t = useTranslations('auth');
  useRegisterFirst();
  const ended = useSession(({ session }) => session.status === 'signed-out' && session.reason === 'session_ended');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const form = useSubmit(
    () => client().login({ email: email.trim(), password }),
    () => looksLikeEmail(email) && password !== '',
  );
  return (
    <AuthForm
      title={t('loginTitle')}
      lead={t('loginLead')}
      note={ended ? <p role="status">{t('sessionEnded')}</p> : null}
      form={form}
      action={t('login')}
      other={{ key: 'toRegister', href: '/register' }}
    >
      <EmailField autoFocus value={email} onChange={setEmail} tried={form.tried} />
      <PasswordField
        autoComplete="current-password"
        maxLength={limits.passwordMax}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={form.tried && password === '' ? t('passwordMissing') : null}
      />
      <Link
        href="/forgot"
        className="-my-2 inline-flex min-h-11 items-center self-start text-sm font-semibold text-accent-strong underline underline-offset-2 desk:min-h-8"
      >
        {t('forgot')}
      </Link>
    </AuthForm>
  );
}
