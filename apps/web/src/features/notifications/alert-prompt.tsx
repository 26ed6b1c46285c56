import { Bell } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/ui/button';
import { showToast } from '../../components/ui/toast-store';
import { useConversations } from '../conversations/conversation-store';
import { usePreferences } from '../settings/preferences-store';
import { alertsSupported, turnAlertsOff, turnAlertsOn } from './permission';

const never = (): (() => void) => () => undefined;
const askable = (): boolean => alertsSupported() && Notification.permission === 'default';

/** Our own question, once, after a first conversation. The browser's comes only after a click on it. */
export function AlertPrompt() {
  const t = useTranslations('notifications');
  const asked = usePreferences((state) => state.alertsAsked);
  const talking = useConversations((state) => Object.values(state.byId).some((row) => row.preview !== null));
  const possible = useSyncExternalStore(never, askable, () => false);
  if (asked || !talking || !possible) return null;

  const accept = async (): Promise<void> => {
    if ((await turnAlertsOn()) === 'blocked') showToast(t('blocked'), 'error');
  };
  return (
    <section
      aria-label={t('turnOn')}
      className="m-2 flex animate-appear flex-col gap-2 rounded-md border border-line bg-raised p-3 text-sm shadow-low"
    >
      <p className="flex gap-2">
        <Bell className="mt-px size-4 shrink-0 text-accent" aria-hidden="true" />
        {t('promptText')}
      </p>
      <div className="flex justify-end gap-1">
        <Button size="sm" kind="quiet" onClick={turnAlertsOff}>
          {t('notNow')}
        </Button>
        <Button size="sm" kind="primary" onClick={() => void accept()}>
          {t('turnOn')}
        </Button>
      </div>
    </section>
  );
}
