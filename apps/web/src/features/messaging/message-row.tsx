import type { Message } from '@tertulia/contract';
import { memo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { Avatar } from '../../components/ui/avatar';
import { cn } from '../../lib/cn';
import { clockTime, fullTime } from '../../lib/times';
import { useName } from '../people/use-names';
import { MessageActions } from './message-actions';
import { MessageText } from './message-text';
import { articleLook, Author, GutterTime } from './row-parts';

interface MessageRowProps {
  conversation: string;
  message: Message;
  head: boolean;
  flash: boolean;
  tabIndex: number;
}

export const MessageRow = memo(function MessageRow({ conversation, message, head, flash, tabIndex }: MessageRowProps) {
  const t = useTranslations('messages');
  const locale = useLocale();
  const author = useName(message.sender);
  const text = message.deleted ? t('deleted') : message.body;
  const time = clockTime(message.at, locale);
  return (
    <article
      data-stop
      tabIndex={tabIndex}
      aria-label={t('rowLabel', { author, text, time: fullTime(message.at, locale) })}
      className={cn(articleLook, head && 'mt-2 pt-1', flash && 'flash')}
    >
      {head ? <Avatar id={message.sender ?? ''} name={author} /> : <GutterTime at={message.at} />}
      <div className="min-w-0">
        {head ? <Author name={author} at={message.at} text={time} /> : null}
        {message.deleted ? <p className="text-faint italic">{text}</p> : <MessageText body={message.body} />}
      </div>
      {message.deleted ? null : <MessageActions conversation={conversation} message={message} />}
    </article>
  );
});
