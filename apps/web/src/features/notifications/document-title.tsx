'use client';
import { useTranslations } from 'use-intl';
import { useConversations } from '../conversations/conversation-store';
import { pageTitle, titleCount } from './title-count';

/** React puts it into the head. */
export function DocumentTitle() {
  const t = useTranslations('app');
  const count = useConversations((state) => titleCount(Object.values(state.byId)));
  return <title>{pageTitle(t('name'), count)}</title>;
}
