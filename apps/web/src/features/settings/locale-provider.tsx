'use client';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import english from '../../messages/en.json';
import { browserLocale, regionalLocale, type AppLocale } from './locale';
import { usePreferences } from './preferences-store';

/** What everybody needs; rarer pages bring words of their own (see security-words). */
type Messages = typeof english;

const load: Record<AppLocale, () => Promise<Messages>> = {
  en: () => Promise.resolve(english),
  es: () => import('../../messages/es.json').then((file) => file.default),
};

/**
 * The exported page is in English and shows no words; the language comes with the first effect. Until then `waiting`
 * stands in place of the application, so that nobody sees a flash of another language.
 */
export function LocaleProvider({ waiting, children }: { waiting: ReactNode; children: ReactNode }) {
  const chosen = usePreferences((state) => state.locale);
  const [ready, setReady] = useState<{ locale: string; messages: Messages } | null>(null);
  useEffect(() => void usePreferences.persist.rehydrate(), []);
  useEffect(() => {
    let current = true;
    const locale = usePreferences.getState().locale ?? browserLocale(navigator.languages);
    void load[locale]().then((messages) => {
      if (!current) return;
      document.documentElement.lang = locale;
      setReady({ locale: regionalLocale(locale, navigator.languages), messages });
    });
    return () => {
      current = false;
    };
  }, [chosen]);
  const timeZone = useMemo(() => (ready ? Intl.DateTimeFormat().resolvedOptions().timeZone : 'UTC'), [ready]);
  return (
    <IntlProvider locale={ready?.locale ?? 'en'} messages={ready?.messages ?? english} timeZone={timeZone}>
      {ready ? children : waiting}
    </IntlProvider>
  );
}
