import type { Message } from '@tertulia/contract';
import dynamic from 'next/dynamic';
import { memo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { Avatar } from '../../components/ui/avatar';
import type { ChangingMessage } from '../../lib/client';
import { cn } from '../../lib/cn';
import { clockTime, fullTime } from '../../lib/times';
import { useName } from '../people/use-names';
import { useMe } from '../session/session-store';
import { MessageActions } from './message-actions';
import { MessageText } from './message-text';
import { articleLook, Author, editingLook, GutterTime } from './row-parts';
import { EditedMark, Waiting } from './row-state';
import { storedSubject } from './subject';

const FailedChange = dynamic(() => import('./failed-change').then((file) => file.FailedChange), { ssr: false });

interface MessageRowProps {
  conversation: string;
  message: Message;
  /** An edit or a deletion of it that is on its way, or failed. */
  change: ChangingMessage | null;
  head: boolean;
  flash: boolean;
  editing: boolean;
  tabIndex: number;
}

export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { conversation, message, change, head, flash, editing, tabIndex } = props;
  const locale = useLocale();
  const me = useMe()?.id ?? '';
  const author = useName(message.sender);
  const time = clockTime(message.at, locale);
  const failed = change?.state === 'failed' ? change : null;
  const subject = storedSubject(conversation, message, change, me);
  const waiting = change !== null && failed === null;
  return (
    <article
      data-stop
      data-state={change?.state}
      tabIndex={tabIndex}
      aria-label={useRowLabel(message, author, subject.text, change)}
      className={cn(articleLook, head && 'mt-2 pt-1', flash && 'flash', editing && editingLook)}
    >
      {head ? <Avatar id={message.sender ?? ''} name={author} /> : <GutterTime at={message.at} />}
      <div className="min-w-0">
        {head ? <Author name={author} at={message.at} text={time} /> : null}
        <Words text={subject.text} editedAt={message.editedAt} waiting={waiting ? change.state : null} />
        {failed ? <FailedChange change={failed} final={message.deleted === true} /> : null}
      </div>
      {message.deleted ? null : <MessageActions subject={subject} />}
    </article>
  );
});

interface WordsProps {
  text: string;
  editedAt: number | undefined;
  waiting: 'queued' | 'sending' | 'failed' | null;
}

function Words({ text, editedAt, waiting }: WordsProps) {
  const t = useTranslations('messages');
  if (text === '') return null;
  return (
    <div className="flex items-end gap-2">
      <MessageText body={text} className={waiting ? 'text-soft' : ''} />
      {waiting ? <Waiting text={t(waiting)} /> : editedAt === undefined ? null : <EditedMark at={editedAt} />}
    </div>
  );
}

/** All that a screen reader says of the row, its state in words included. */
function useRowLabel(message: Message, author: string, text: string, change: ChangingMessage | null): string {
  const t = useTranslations('messages');
  const locale = useLocale();
  const label = t('rowLabel', { author, text, time: fullTime(message.at, locale) });
  if (change) return `${label}, ${t(change.state)}`;
  return message.editedAt === undefined ? label : `${label}, ${t('edited')}`;
}
