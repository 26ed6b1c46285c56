import { useEffect, useState, type ReactNode } from 'react';
import { IntlProvider, useLocale, useMessages } from 'use-intl';
import { withWords } from '../../lib/with-words';
import { browserLocale, type AppLocale } from '../settings/locale';

const load = {
  en: () => import('../../messages/security/en.json'),
  es: () => import('../../messages/security/es.json'),
};
type Words = Awaited<ReturnType<(typeof load)['en']>>['default'];

/** Fetched before they are needed: see load-tools. */
export const loadSecurityWords = (locale: AppLocale): Promise<unknown> => load[locale]();

/** The words of these pages come with them: nobody who only wants to talk should load them. */
export function SecurityWords({ waiting = null, children }: { waiting?: ReactNode; children: ReactNode }) {
  const locale = useLocale();
  const others = useMessages();
  const [own, setOwn] = useState<Words | null>(null);
  useEffect(() => {
    let current = true;
    void load[browserLocale([locale])]().then((file) => current && setOwn(file.default));
    return () => {
      current = false;
    };
  }, [locale]);
  if (!own) return waiting;
  return (
    <IntlProvider locale={locale} messages={withWords(others, own)}>
      {children}
    </IntlProvider>
  );
}
