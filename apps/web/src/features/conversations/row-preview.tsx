import { CircleAlert, Clock } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { ConversationView } from '../../lib/client';
import { useMe } from '../session/session-store';
import { useSystemText } from './use-system-text';

/** The second line of a row: a draft before what is pending, that before the last words. */
export function RowPreview({ row, current }: { row: ConversationView; current: boolean }) {
  const t = useTranslations('list');
  if (row.draft.trim() && !current) {
    return (
      <>
        <span className="font-medium text-accent-strong">{t('draft')}</span> <bdi>{row.draft}</bdi>
      </>
    );
  }
  if (row.pending) return <PendingPreview row={row} />;
  return <LastWords row={row} />;
}

function PendingPreview({ row }: { row: ConversationView }) {
  const t = useTranslations('list');
  const failed = row.pending?.state === 'failed';
  const Icon = failed ? CircleAlert : Clock;
  return (
    <>
      <Icon
        aria-hidden="true"
        className={failed ? 'me-1 inline size-3.5 align-[-2px] text-danger' : 'me-1 inline size-3.5 align-[-2px]'}
      />
      <span className="sr-only">{failed ? t('failed') : t('pending')} </span>
      <bdi>{t('youPrefix', { text: row.pending?.body ?? '' })}</bdi>
    </>
  );
}

function LastWords({ row }: { row: ConversationView }) {
  const t = useTranslations('list');
  const me = useMe()?.id;
  const systemText = useSystemText();
  const { preview } = row;
  if (!preview) return t('noMessages');
  if (preview.system) return systemText(preview.system);
  if (preview.sender === me)
    return row.peer?.id === me ? <bdi>{preview.text}</bdi> : <bdi>{t('youPrefix', { text: preview.text })}</bdi>;
  if (row.kind === 'direct') return <bdi>{preview.text}</bdi>;
  return <bdi>{t('senderPrefix', { name: preview.senderName?.split(' ')[0] ?? '', text: preview.text })}</bdi>;
}
