import { useLocale } from 'use-intl';
import { dateFormat } from '../../lib/times';

/** A moment in few words, with the year: what lies here may be old. */
export function useWhen(): (time: number) => string {
  const locale = useLocale();
  return (time) => dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(time);
}
