import type { ReactNode } from 'react';
import { IntlProvider, useLocale, useMessages, useTimeZone } from 'use-intl';
import english from '../../messages/admin/en.json';
import spanish from '../../messages/admin/es.json';
import { withWords } from '../../lib/with-words';
import { browserLocale } from '../settings/locale';

const words = { en: english, es: spanish };

/** The words of the administration come with its page: few people ever see them, and everybody waits for the first load. */
export function AdminMessages({ children }: { children: ReactNode }) {
  const locale = useLocale();
  const messages = withWords(useMessages(), words[browserLocale([locale])]);
  return (
    <IntlProvider locale={locale} timeZone={useTimeZone()} messages={messages}>
      {children}
    </IntlProvider>
  );
}
