import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/ui/button';
import { Confirm } from '../../components/ui/confirm';
import { client } from '../../lib/client';
import { navigate, takeReturnPath } from '../../lib/navigate';
import { deleteNow } from '../messaging/delayed-delete';
import { useErrorText } from '../session/use-error-text';
import { showToast } from '../../components/ui/toast-store';

/** Asks only when logging out would leave unsent messages behind. */
export function Logout({ icon }: { icon: ReactNode }) {
  const t = useTranslations('settings');
  const errorText = useErrorText();
  const [waiting, setWaiting] = useState(0);
  const leave = async (): Promise<string | null> => {
    try {
      navigate('/', { replace: true });
      await client().logout();
      takeReturnPath();
      return null;
    } catch (error) {
      return errorText(error);
    }
  };
  const begin = async (): Promise<void> => {
    deleteNow();
    const pending = await client().pendingCount();
    if (pending > 0) {
      setWaiting(pending);
      return;
    }
    const problem = await leave();
    if (problem) showToast(problem, 'error');
  };
  return (
    <>
      <Button onClick={() => void begin()}>
        {icon}
        {t('logout')}
      </Button>
      {waiting > 0 ? (
        <Confirm
          title={t('logoutTitle')}
          text={t('logoutPending', { count: waiting })}
          action={t('logoutAnyway')}
          onConfirm={leave}
          onClose={() => setWaiting(0)}
        />
      ) : null}
    </>
  );
}
