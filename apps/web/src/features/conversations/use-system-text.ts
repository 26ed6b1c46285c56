import type { SystemEvent } from '@tertulia/contract';
import { useLocale, useTranslations } from 'use-intl';
import { useNames } from '../people/use-names';
import { useMe } from '../session/session-store';

/** What a system message says, from the reader's side. A type of a newer server is a neutral line. */
export function useSystemText(): (event: SystemEvent) => string {
  const t = useTranslations('system');
  const common = useTranslations('common');
  const locale = useLocale();
  const me = useMe()?.id;
  const nameOf = useNames();
  return (event) => {
    if (!t.has(event.type)) return t('unknown');
    const people = (event.people ?? []).map((id) => (id === me ? common('you') : nameOf(id)));
    return t(event.type, {
      self: event.actor === me ? 'yes' : 'no',
      toMe: event.people?.length === 1 && event.people[0] === me ? 'yes' : 'no',
      actor: nameOf(event.actor),
      people: new Intl.ListFormat(locale, { type: 'conjunction' }).format(people),
      name: event.name ?? '',
    });
  };
}
