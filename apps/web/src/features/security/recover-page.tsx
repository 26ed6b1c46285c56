'use client';
import { useState, useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import { Alert } from '../../components/ui/alert';
import { Button } from '../../components/ui/button';
import { whenStarted } from '../../lib/client';
import { AuthFrame } from '../session/auth-frame';
import { longEnough, NewPasswordField } from '../session/new-password-field';
import { useSubmit } from '../session/use-form';
import { SecurityWords } from './security-words';
import { TextLink } from './text-link';

export function RecoverPage() {
  return (
    <SecurityWords>
      <Recover />
    </SecurityWords>
  );
}

/** The fragment never leaves the browser. Another link opened in the same tab changes nothing else of the address. */
const useFragment = (): string =>
  useSyncExternalStore(
    (changed) => {
      addEventListener('hashchange', changed);
      return () => removeEventListener('hashchange', changed);
    },
    () => location.hash.slice(1),
    () => '',
  );

function Recover() {
  const t = useTranslations('recovery');
  const token = useFragment();
  const [done, setDone] = useState(false);
  if (done)
    return (
      <AuthFrame title={t('doneTitle')} lead={<span role="status">{t('done')}</span>}>
        <p className="text-center">
          <TextLink href="/login">{t('goToLogin')}</TextLink>
        </p>
      </AuthFrame>
    );
  return (
    <AuthFrame title={t('recoverTitle')} lead={t('recoverLead')}>
      {token ? <Choose key={token} token={token} onDone={() => setDone(true)} /> : <Alert>{t('noLink')}</Alert>}
      <p className="text-center text-sm text-soft">
        {t.rich('another', { link: (text) => <TextLink href="/forgot">{text}</TextLink> })}
      </p>
    </AuthFrame>
  );
}

function Choose({ token, onDone }: { token: string; onDone: () => void }) {
  const t = useTranslations();
  const [password, setPassword] = useState('');
  const form = useSubmit(
    async () => {
      await (await whenStarted()).account.redeemRecovery(token, password);
      // Used up: it needs not stand in the history of the browser.
      history.replaceState(history.state, '', '/recover');
      onDone();
    },
    () => longEnough(password),
  );
  return (
    <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-4">
      {form.problem ? <Alert>{form.problem}</Alert> : null}
      <NewPasswordField
        label={t('recovery.newPassword')}
        autoFocus
        value={password}
        onChange={setPassword}
        tried={form.tried}
      />
      <Button type="submit" kind="primary" disabled={form.busy}>
        {form.busy ? t('auth.working') : t('recovery.save')}
      </Button>
    </form>
  );
}
