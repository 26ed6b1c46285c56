import { limits } from '@tertulia/contract';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Field } from '../../components/ui/field';
import { client } from '../../lib/client';
import { AuthForm } from './auth-form';
import { EmailField } from './email-field';
import { longEnough, NewPasswordField } from './new-password-field';
import { looksLikeEmail, useSubmit } from './use-form';

interface RegisterFormProps {
  /** The token of an invitation. */
  invite: string | null;
  note: string | null;
}

export function RegisterForm({ invite, note }: RegisterFormProps) {
  const t = useTranslations('auth');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const form = useSubmit(
    () => client().register({ email: email.trim(), name: name.trim(), password, ...(invite !== null && { invite }) }),
    () => name.trim() !== '' && looksLikeEmail(email) && longEnough(password),
  );
  return (
    <AuthForm
      title={t('registerTitle')}
      lead={t('registerLead')}
      note={note ? <p className="rounded-md bg-accent-soft px-3 py-2 text-sm">{note}</p> : null}
      form={form}
      action={t('register')}
      other={{ key: 'toLogin', href: '/login' }}
    >
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
        error={form.tried && name.trim() === '' ? t('nameMissing') : null}
      />
      <EmailField value={email} onChange={setEmail} tried={form.tried} />
      <NewPasswordField value={password} onChange={setPassword} tried={form.tried} />
    </AuthForm>
  );
}
