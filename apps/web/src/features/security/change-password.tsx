import { limits } from '@tertulia/contract';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Alert } from '../../components/ui/alert';
import { Button } from '../../components/ui/button';
import { showToast } from '../../components/ui/toast-store';
import { client } from '../../lib/client';
import { longEnough, NewPasswordField } from '../session/new-password-field';
import { PasswordField } from '../session/password-field';
import { useMe } from '../session/session-store';
import { useSubmit } from '../session/use-form';

export function ChangePassword({ onChanged }: { onChanged: () => void }) {
  const t = useTranslations();
  const me = useMe();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const form = useSubmit(
    async () => {
      await client().account.changePassword(current, password);
      showToast(t('security.changed'));
      onChanged();
    },
    () => current !== '' && longEnough(password),
  );
  return (
    <section aria-label={t('security.password')} className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h2 className="text-md font-[650]">{t('security.password')}</h2>
        <p className="text-sm text-soft">{t('security.passwordHint')}</p>
      </div>
      <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-4">
        {form.problem ? <Alert>{form.problem}</Alert> : null}
        {/* For password managers: whose password it is. */}
        <input type="email" name="email" autoComplete="username" value={me?.email ?? ''} readOnly hidden />
        <PasswordField
          label={t('security.currentPassword')}
          name="current-password"
          autoComplete="current-password"
          maxLength={limits.passwordMax}
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
          error={form.tried && current === '' ? t('auth.passwordMissing') : null}
        />
        <NewPasswordField
          label={t('security.newPassword')}
          value={password}
          onChange={setPassword}
          tried={form.tried}
        />
        <Button type="submit" kind="primary" className="self-start" disabled={form.busy}>
          {form.busy ? t('auth.working') : t('security.change')}
        </Button>
      </form>
    </section>
  );
}
