import { useTranslations } from 'use-intl';
import { useMe } from '../session/session-store';
import { usePeople } from './people-store';

/** The name of a person, one's own included; a neutral word while it is not known. */
export function useName(id: string | null): string {
  const t = useTranslations('common');
  const me = useMe();
  const known = usePeople((state) => (id ? state.byId[id]?.name : undefined));
  return (id && me?.id === id ? me.name : known) ?? t('someone');
}

/** The same for many at once, as a function. */
export function useNames(): (id: string) => string {
  const t = useTranslations('common');
  const me = useMe();
  const people = usePeople((state) => state.byId);
  return (id) => (id === me?.id ? me.name : people[id]?.name) ?? t('someone');
}
