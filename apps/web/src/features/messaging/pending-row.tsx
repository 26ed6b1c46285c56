import { memo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { Avatar } from '../../components/ui/avatar';
import type { PendingMessage } from '../../lib/client';
import { cn } from '../../lib/cn';
import { clockTime } from '../../lib/times';
import { useMe } from '../session/session-store';
import { MessageActions } from './message-actions';
import { MessageText } from './message-text';
import { articleLook, Author, editingLook, GutterTime } from './row-parts';
import { Failed, Waiting } from './row-state';
import { pendingSubject } from './subject';

interface PendingRowProps {
  pending: PendingMessage;
  head: boolean;
  tabIndex: number;
  /** In its conversation, where something can be done with it. */
  actions?: boolean;
  editing?: boolean;
}

/** A message of mine that the server has not stored yet. It looks like any other, with its state in a sign and in words. */
export const PendingRow = memo(function PendingRow({ pending, head, tabIndex, actions, editing }: PendingRowProps) {
  const t = useTranslations();
  const locale = useLocale();
  const me = useMe();
  const time = clockTime(pending.at, locale);
  const name = me?.name ?? '';
  const state = t(`messages.${pending.state}`);
  return (
    <article
      data-stop
      data-state={pending.state}
      tabIndex={tabIndex}
      aria-label={t('messages.rowLabel', { author: name, text: pending.body, time: state })}
      className={cn(articleLook, head && 'mt-2 pt-1', editing && editingLook)}
    >
      {head ? <Avatar id={me?.id ?? ''} name={name} /> : <GutterTime at={pending.at} />}
      <div className="min-w-0">
        {head ? <Author name={name} at={pending.at} text={time} /> : null}
        <div className="flex items-end gap-2">
          <MessageText body={pending.body} className={pending.state === 'failed' ? '' : 'text-soft'} />
          {pending.state === 'failed' ? null : <Waiting text={state} />}
        </div>
        {pending.state === 'failed' ? (
          <Failed id={pending.id} what={state} error={pending.error} discard={t('common.delete')} />
        ) : null}
      </div>
      {actions ? <MessageActions subject={pendingSubject(pending)} /> : null}
    </article>
  );
});
