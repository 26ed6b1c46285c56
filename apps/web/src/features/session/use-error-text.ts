import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { CommandError } from '../../lib/client';

/** The sentence for a refusal, in the reader's language. */
export function useErrorText(): (error: unknown) => string {
  const t = useTranslations('errors');
  return useCallback(
    (error: unknown) => {
      if (!(error instanceof CommandError)) return t('internal');
      return t.has(error.code) ? t(error.code) : t('internal');
    },
    [t],
  );
}
