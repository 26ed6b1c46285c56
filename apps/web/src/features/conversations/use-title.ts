import { useTranslations } from 'use-intl';
import type { ConversationView } from '../../lib/client';
import { useMe } from '../session/session-store';

export const isNotes = (row: ConversationView, me: string | undefined): boolean =>
  row.kind === 'direct' && row.peer?.id === me;

/** The other person of a direct conversation; nobody in one's notes and in a group. */
export function usePeer(row: ConversationView): string | null {
  const me = useMe();
  return row.peer === null || row.peer.id === me?.id ? null : row.peer.id;
}

/** What a conversation is called for whoever looks at it. */
export function useTitles(): (row: ConversationView) => string {
  const t = useTranslations();
  const me = useMe();
  return (row) => {
    if (row.kind === 'group') return row.name ?? t('common.someone');
    return isNotes(row, me?.id) ? t('list.notes') : (row.peer?.name ?? t('common.someone'));
  };
}

/** What stands below the title: who is in it. */
export function useSubtitles(): (row: ConversationView) => string {
  const t = useTranslations();
  const me = useMe();
  return (row) => {
    if (row.kind === 'group') return t('conversation.members', { count: row.memberCount });
    return isNotes(row, me?.id) ? t('list.notesHint') : t('conversation.direct');
  };
}

/** Colour and initials: a person by themselves, a group by the conversation. */
export const avatarOf = (row: ConversationView): { id: string; shape: 'round' | 'square' } =>
  row.kind === 'group' ? { id: row.id, shape: 'square' } : { id: row.peer?.id ?? row.id, shape: 'round' };
