import { usePreferences } from '../settings/preferences-store';

export type AlertState = 'unsupported' | 'blocked' | 'off' | 'on';

export const alertsSupported = (): boolean => typeof Notification !== 'undefined';

export function alertState(wanted: boolean): AlertState {
  if (!alertsSupported()) return 'unsupported';
  if (Notification.permission === 'denied') return 'blocked';
  return wanted && Notification.permission === 'granted' ? 'on' : 'off';
}

/** Only ever called from a click: browsers hold it against a page that asks on its own. */
export async function turnAlertsOn(): Promise<AlertState> {
  if (!alertsSupported()) return 'unsupported';
  const permission =
    Notification.permission === 'default' ? await Notification.requestPermission() : Notification.permission;
  usePreferences.getState().set({ alerts: permission === 'granted', alertsAsked: true });
  return alertState(permission === 'granted');
}

export const turnAlertsOff = (): void => usePreferences.getState().set({ alerts: false, alertsAsked: true });
