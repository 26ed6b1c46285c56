import { CircleAlert, Clock } from 'lucide-react';
import { memo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { Avatar } from '../../components/ui/avatar';
import { Button } from '../../components/ui/button';
import { client, type PendingMessage } from '../../lib/client';
import { cn } from '../../lib/cn';
import { clockTime } from '../../lib/times';
import { useMe } from '../session/session-store';
import { MessageText } from './message-text';
import { articleLook, Author, GutterTime } from './row-parts';

/** A message of mine that the server has not stored yet. It looks like any other, with its state in a sign and in words. */
export const PendingRow = memo(function PendingRow({
  pending,
  head,
  tabIndex,
}: {
  pending: PendingMessage;
  head: boolean;
  tabIndex: number;
}) {
  const t = useTranslations('messages');
  const locale = useLocale();
  const me = useMe();
  const time = clockTime(pending.at, locale);
  const name = me?.name ?? '';
  return (
    <article
      data-stop
      data-state={pending.state}
      tabIndex={tabIndex}
      aria-label={t('rowLabel', { author: name, text: pending.body, time: t(pending.state) })}
      className={cn(articleLook, head && 'mt-2 pt-1')}
    >
      {head ? <Avatar id={me?.id ?? ''} name={name} /> : <GutterTime at={pending.at} />}
      <div className="min-w-0">
        {head ? <Author name={name} at={pending.at} text={time} /> : null}
        <div className="flex items-end gap-2">
          <MessageText body={pending.body} className={pending.state === 'failed' ? '' : 'text-soft'} />
          {pending.state === 'failed' ? null : <Waiting text={t(pending.state)} />}
        </div>
        {pending.state === 'failed' ? <Failed pending={pending} /> : null}
      </div>
    </article>
  );
});

function Waiting({ text }: { text: string }) {
  return (
    <span title={text} className="mb-1 shrink-0 text-faint">
      <Clock className="size-3.5" aria-hidden="true" />
      <span className="sr-only">{text}</span>
    </span>
  );
}

function Failed({ pending }: { pending: PendingMessage }) {
  const t = useTranslations();
  const reason = pending.error && t.has(`errors.${pending.error}`) ? t(`errors.${pending.error}`) : '';
  return (
    <div role="alert" className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-danger">
      <span className="flex items-center gap-1.5">
        <CircleAlert className="size-4 shrink-0" aria-hidden="true" />
        {t('messages.failed')}. {reason}
      </span>
      <span className="flex gap-1.5">
        <Button size="sm" onClick={() => void client().retry(pending.id)}>
          {t('common.retry')}
        </Button>
        <Button size="sm" kind="quiet" onClick={() => void client().discard(pending.id)}>
          {t('common.delete')}
        </Button>
      </span>
    </div>
  );
}
