import { CircleAlert, Clock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { Button } from '../../components/ui/button';
import { client } from '../../lib/client';
import { fullTime } from '../../lib/times';

export function Waiting({ text }: { text: string }) {
  return (
    <span title={text} className="mb-1 shrink-0 text-faint">
      <Clock className="size-3.5" aria-hidden="true" />
      <span className="sr-only">{text}</span>
    </span>
  );
}

export function EditedMark({ at }: { at: number }) {
  const t = useTranslations('messages');
  const locale = useLocale();
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={t('editedAt', { time: fullTime(at, locale) })}
      className="mb-px shrink-0 text-xs text-faint"
    >
      {t('editedMark')}
    </time>
  );
}

interface FailedProps {
  /** Of what is in the outbox. */
  id: string;
  what: string;
  error: string | undefined;
  /** What cannot ever succeed is not offered again. */
  final?: boolean;
  discard: string;
  children?: ReactNode;
}

/** What did not work, why, and what can be done about it. */
export function Failed({ id, what, error, final = false, discard, children }: FailedProps) {
  const t = useTranslations();
  const reason =
    error && t.has(`errors.${error}` as 'errors.internal') ? t(`errors.${error}` as 'errors.internal') : '';
  return (
    <div role="alert" className="mt-1 flex flex-col gap-1 text-sm text-danger">
      {children}
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="flex items-center gap-1.5">
          <CircleAlert className="size-4 shrink-0" aria-hidden="true" />
          {what}. {reason}
        </span>
        <span className="flex gap-1.5">
          {final ? null : (
            <Button size="sm" onClick={() => void client().retry(id)}>
              {t('common.retry')}
            </Button>
          )}
          <Button size="sm" kind="quiet" onClick={() => void client().discard(id)}>
            {discard}
          </Button>
        </span>
      </span>
    </div>
  );
}
