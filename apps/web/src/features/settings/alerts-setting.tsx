import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Switch } from '../../components/ui/switch';
import { alertState, turnAlertsOff, turnAlertsOn } from '../notifications/permission';
import { usePreferences } from './preferences-store';

export function AlertsSetting() {
  const t = useTranslations();
  const wanted = usePreferences((state) => state.alerts);
  const [, answered] = useState(0);
  const state = alertState(wanted);
  const change = async (on: boolean): Promise<void> => {
    if (on) await turnAlertsOn();
    else turnAlertsOff();
    answered((count) => count + 1);
  };
  const note =
    state === 'blocked'
      ? t('notifications.blocked')
      : state === 'unsupported'
        ? t('notifications.unsupported')
        : t('settings.alertsHint');
  return (
    <Switch
      label={t('settings.alertsLabel')}
      hint={note}
      checked={state === 'on'}
      disabled={state === 'blocked' || state === 'unsupported'}
      onChange={(on) => void change(on)}
    />
  );
}
