import type { Message } from '@tertulia/contract';
import { useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { navigate } from '../../lib/navigate';
import { conversationPath } from '../../lib/routes';
import { hasAttention } from '../../lib/use-attention';
import { useConversations } from '../conversations/conversation-store';
import { useTitles } from '../conversations/use-title';
import { onIncoming } from '../messaging/incoming';
import { usePeople } from '../people/people-store';
import { usePreferences } from '../settings/preferences-store';
import { alertState } from './permission';

const LONGEST = 180;
/** Between tabs: whoever takes the lock for a message shows it, the others find it shown. */
const LOCK_MS = 3000;

/** The first tab to ask gets to show it. A browser without locks relies on the tag alone, which replaces the same notice. */
function onceOverTabs(id: string, show: () => void): void {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return show();
  void locks.request(`tertulia:alert:${id}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    show();
    await new Promise((resolve) => setTimeout(resolve, LOCK_MS));
  });
}

/** A notice for messages of others while nobody is looking at this page. One for each conversation, the newest in it. */
export function useAlerts(): void {
  const t = useTranslations('notifications');
  const titleOf = useTitles();
  const shown = useRef(new Map<string, Notification>());
  const latest = useRef({ t, titleOf });
  useEffect(() => {
    latest.current = { t, titleOf };
  });

  useEffect(() => {
    const notices = shown.current;
    const show = (conversation: string, messages: readonly Message[]): void => {
      const row = useConversations.getState().byId[conversation];
      const last = messages.at(-1);
      if (!row || !last) return;
      const author = (last.sender && usePeople.getState().byId[last.sender]?.name) ?? '';
      const text =
        messages.length > 1 ? latest.current.t('several', { count: messages.length }) : last.body.slice(0, LONGEST);
      const body = row.kind === 'group' && messages.length === 1 ? `${author}: ${text}` : text;
      const notice = new Notification(latest.current.titleOf(row), {
        body,
        tag: `tertulia:${conversation}`,
        icon: '/icon.svg',
      });
      notice.onclick = () => {
        window.focus();
        navigate(conversationPath(conversation));
        notice.close();
      };
      notices.set(conversation, notice);
    };

    const stop = onIncoming((conversation, all) => {
      const messages = all.filter((message) => !message.system && !message.deleted);
      const last = messages.at(-1);
      if (!last || hasAttention() || alertState(usePreferences.getState().alerts) !== 'on') return;
      onceOverTabs(last.id, () => show(conversation, messages));
    });
    // What was read, here or elsewhere, needs no notice any more.
    const stopRead = useConversations.subscribe(({ byId }) => {
      for (const [conversation, notice] of notices) {
        if (byId[conversation]?.unread !== 0) continue;
        notice.close();
        notices.delete(conversation);
      }
    });
    return () => {
      stop();
      stopRead();
    };
  }, []);
}
