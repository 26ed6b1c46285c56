import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { AppLocale } from './locale';

interface Preferences {
  /** null: as the browser says. */
  locale: AppLocale | null;
  sendWith: 'enter' | 'ctrl-enter';
  alerts: boolean;
  /** The soft prompt was answered, whichever way. */
  alertsAsked: boolean;
  set: (change: Partial<Pick<Preferences, 'locale' | 'sendWith' | 'alerts' | 'alertsAsked'>>) => void;
}

/** What belongs to this browser and not to the account. Read after the first paint, so that the exported page fits everybody. */
export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      locale: null,
      sendWith: 'enter',
      alerts: false,
      alertsAsked: false,
      set: (change) => set(change),
    }),
    { name: 'tertulia:preferences', storage: createJSONStorage(() => localStorage), skipHydration: true },
  ),
);
