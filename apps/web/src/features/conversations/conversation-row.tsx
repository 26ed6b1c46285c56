import { memo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { limits } from '@tertulia/contract';
import { Avatar } from '../../components/ui/avatar';
import { CountBadge, DotBadge } from '../../components/ui/badge';
import { LinkRow, RowBody } from '../../components/ui/list-row';
import type { ConversationView } from '../../lib/client';
import { useNow } from '../../lib/use-now';
import { cn } from '../../lib/cn';
import { navigate } from '../../lib/navigate';
import { conversationPath } from '../../lib/routes';
import { fullTime, listTime } from '../../lib/times';
import { useConversation } from './conversation-store';
import { OnlineDot } from '../presence/online-dot';
import { RowPreview } from './row-preview';
import { avatarOf, usePeer, useTitles } from './use-title';

export const ConversationRow = memo(function ConversationRow({ id, current }: { id: string; current: boolean }) {
  const row = useConversation(id);
  return row ? <Row row={row} current={current} /> : null;
});

function Row({ row, current }: { row: ConversationView; current: boolean }) {
  const title = useTitles()(row);
  const peer = usePeer(row);
  const unread = row.unread > 0;
  const path = conversationPath(row.id);
  return (
    <LinkRow href={path} selected={current} onOpen={() => navigate(path)} data-unread={unread || undefined}>
      <RowBody
        avatar={
          <OnlineDot user={peer} on="sunken">
            <Avatar {...avatarOf(row)} name={title} size="lg" />
          </OnlineDot>
        }
        title={<bdi className={unread ? 'font-[680]' : 'font-medium'}>{title}</bdi>}
        below={
          <span className={cn(unread && 'text-ink')}>
            <RowPreview row={row} current={current} />
          </span>
        }
        time={<RowTime time={row.at} unread={unread} />}
        mark={unread ? <UnreadMark row={row} /> : null}
      />
    </LinkRow>
  );
}

function RowTime({ time, unread }: { time: number; unread: boolean }) {
  const t = useTranslations('list');
  const locale = useLocale();
  const now = useNow();
  return (
    <time
      dateTime={new Date(time).toISOString()}
      title={fullTime(time, locale)}
      className={cn(
        'text-xs leading-[1.375rem] tabular-nums',
        unread ? 'font-semibold text-accent-strong' : 'text-faint',
      )}
    >
      {listTime(time, now, locale, t('yesterday'))}
    </time>
  );
}

/** A number for direct messages, a dot for groups. */
function UnreadMark({ row }: { row: ConversationView }) {
  const t = useTranslations('list');
  if (row.kind === 'group') return <DotBadge label={t('hasUnread')} />;
  const many = row.unread >= limits.unreadCap;
  return (
    <CountBadge
      text={many ? '99+' : String(row.unread)}
      label={many ? t('unreadMany') : t('unread', { count: row.unread })}
    />
  );
}
