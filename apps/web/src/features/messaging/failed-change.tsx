import { useTranslations } from 'use-intl';
import type { ChangingMessage } from '../../lib/client';
import { Quote } from './quote';
import { Failed } from './row-state';

/** An edit or a deletion that was refused: below the message as it is now, with the words that would be lost. */
export function FailedChange({ change, final }: { change: ChangingMessage; final: boolean }) {
  const t = useTranslations();
  const what = change.body === null ? t('messages.deleteFailed') : t('messages.editFailed');
  return (
    <Failed id={change.id} what={what} error={change.error} final={final} discard={t('messages.discard')}>
      {change.body === null ? null : <Quote text={change.body} />}
    </Failed>
  );
}
