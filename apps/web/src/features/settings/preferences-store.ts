import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

export const LOCALES = ['en', 'es'] as const;
export type AppLocale = (typeof LOCALES)[number];

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

export function browserLocale(languages: readonly string[]): AppLocale {
  for (const language of languages) {
    const found = LOCALES.find((locale) => language.toLowerCase().split('-')[0] === locale);
    if (found) return found;
  }
  return 'en';
}
