import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Alert } from '../../components/ui/alert';
import { Button } from '../../components/ui/button';
import { AuthFrame } from './auth-frame';
import type { Submission } from './use-form';

interface AuthFormProps {
  title: string;
  lead: string;
  /** Said before anything was tried. */
  note?: ReactNode;
  form: Submission;
  action: string;
  /** The way to the other of the two forms. */
  other: { key: 'toLogin' | 'toRegister'; href: string };
  children: ReactNode;
}

/** What logging in and registering have in common: everything but the fields. */
export function AuthForm({ title, lead, note, form, action, other, children }: AuthFormProps) {
  const t = useTranslations('auth');
  return (
    <AuthFrame title={title} lead={lead}>
      <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-4">
        {form.problem ? <Alert>{form.problem}</Alert> : note}
        {children}
        <Button type="submit" kind="primary" disabled={form.busy}>
          {form.busy ? t('working') : action}
        </Button>
      </form>
      <p className="text-center text-sm text-soft">
        {t.rich(other.key, {
          link: (text) => (
            <Link href={other.href} className="font-semibold text-accent-strong underline underline-offset-2">
              {text}
            </Link>
          ),
        })}
      </p>
    </AuthFrame>
  );
}
