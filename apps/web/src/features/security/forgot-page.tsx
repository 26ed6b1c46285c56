'use client';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Alert } from '../../components/ui/alert';
import { Button } from '../../components/ui/button';
import { client, whenStarted } from '../../lib/client';
import { AuthFrame } from '../session/auth-frame';
import { EmailField } from '../session/email-field';
import { looksLikeEmail, useSubmit } from '../session/use-form';
import { SecurityWords } from './security-words';
import { TextLink } from './text-link';

const MINUTES = 30;

/** null: not known yet. Not being told is like yes: then the server says so when asked. */
function useSendsMail(): boolean | null {
  const [mail, setMail] = useState<boolean | null>(null);
  useEffect(() => {
    let current = true;
    void whenStarted()
      .then((started) => started.serverInfo())
      .then((info) => info.mail)
      .catch(() => true)
      .then((known) => current && setMail(known));
    return () => {
      current = false;
    };
  }, []);
  return mail;
}

export function ForgotPage() {
  return (
    <SecurityWords>
      <Forgot />
    </SecurityWords>
  );
}

function Forgot() {
  const t = useTranslations('recovery');
  const mail = useSendsMail();
  const [sent, setSent] = useState(false);
  if (mail === null) return null;
  const lead = sent ? t('sent', { minutes: MINUTES }) : mail ? t('forgotLead') : t('noMail');
  return (
    <AuthFrame title={sent ? t('sentTitle') : t('forgotTitle')} lead={<span role="status">{lead}</span>}>
      {mail && !sent ? <Ask onSent={() => setSent(true)} /> : null}
      <p className="text-center text-sm text-soft">
        {t.rich('toLogin', { link: (text) => <TextLink href="/login">{text}</TextLink> })}
      </p>
    </AuthFrame>
  );
}

function Ask({ onSent }: { onSent: () => void }) {
  const t = useTranslations();
  const [email, setEmail] = useState('');
  const form = useSubmit(
    () => client().account.requestRecovery(email.trim()).then(onSent),
    () => looksLikeEmail(email),
  );
  return (
    <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-4">
      {form.problem ? <Alert>{form.problem}</Alert> : null}
      <EmailField autoFocus value={email} onChange={setEmail} tried={form.tried} />
      <Button type="submit" kind="primary" disabled={form.busy}>
        {form.busy ? t('auth.working') : t('recovery.send')}
      </Button>
    </form>
  );
}
