import type { SystemEvent } from '@tertulia/contract';
import { useLocale, useTranslations } from 'use-intl';
import type { ConversationView } from '../../lib/client';
import { Avatar } from '../../components/ui/avatar';
import { clockTime, dayName } from '../../lib/times';
import { useSystemText } from '../conversations/use-system-text';
import { avatarOf, isNotes, useTitles } from '../conversations/use-title';
import { useMe } from '../session/session-store';
import { useNow } from '../../lib/use-now';
import { Time } from './row-parts';

export function SystemRow({ event, at, tabIndex }: { event: SystemEvent; at: number; tabIndex: number }) {
  const text = useSystemText()(event);
  const locale = useLocale();
  const time = clockTime(at, locale);
  return (
    <article
      data-stop
      tabIndex={tabIndex}
      aria-label={`${text}, ${time}`}
      className="px-5 py-1.5 text-center text-sm [overflow-wrap:anywhere] text-soft focus-visible:outline-offset-[-2px]"
    >
      <bdi>{text}</bdi> <Time at={at} text={time} className="ms-1 text-xs text-faint tabular-nums" />
    </article>
  );
}

export function useDayName(): (at: number) => string {
  const t = useTranslations('messages');
  const locale = useLocale();
  const now = useNow();
  return (at) => dayName(at, now, locale, { today: t('today'), yesterday: t('yesterday') });
}

export function DayRow({ at }: { at: number }) {
  const nameOf = useDayName();
  return (
    <div role="separator" aria-label={nameOf(at)} className={`${line} text-faint before:bg-line after:bg-line`}>
      {nameOf(at)}
    </div>
  );
}

export function NewRow() {
  const t = useTranslations('messages');
  return (
    <div
      role="separator"
      aria-label={t('newMessages')}
      data-divider="new"
      className={`${line} text-accent-strong before:bg-accent/45 after:bg-accent/45`}
    >
      {t('newMessages')}
    </div>
  );
}

const line =
  "flex items-center gap-3 px-4 pt-4 pb-1 text-xs font-semibold before:h-px before:flex-1 before:content-[''] after:h-px after:flex-1 after:content-[''] desk:px-5";

/** Where a conversation begins: who it is with, and what to do next when nothing was written. */
export function StartRow({ row, empty }: { row: ConversationView; empty: boolean }) {
  const t = useTranslations('conversation');
  const me = useMe();
  const name = useTitles()(row);
  const notes = isNotes(row, me?.id);
  const group = row.kind === 'group';
  const begin = notes ? t('beginNotes') : group ? t('beginGroup', { name }) : t('beginDirect', { name });
  const next = notes ? null : group ? t('emptyGroup') : t('emptyDirect', { name });
  return (
    <div className="flex flex-col items-start gap-2 px-4 pt-8 pb-2 desk:px-5">
      <Avatar {...avatarOf(row)} name={name} size="xl" />
      <p className="max-w-[60ch] text-lg font-[620] text-balance [overflow-wrap:anywhere]">{begin}</p>
      {empty && next ? <p className="max-w-[60ch] text-soft">{next}</p> : null}
    </div>
  );
}
