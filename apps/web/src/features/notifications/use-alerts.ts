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
/** Whoever takes the lock of a message has dealt with it; longer than any tab needs to hear of it. */
const LOCK_MS = 10_000;
/** A tab that is being looked at comes first: its message needs no notice from the hidden ones. */
const YIELD_MS = 400;

/** Over all tabs of this browser, once. A browser without locks relies on the tag, which replaces the same notice. */
function onceOverTabs(id: string, deal: () => void): void {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) {
    deal();
    return;
  }
  void locks.request(`tertulia:alert:${id}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    deal();
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
      if (!last) return;
      if (hasAttention()) {
        onceOverTabs(last.id, () => undefined);
        return;
      }
      if (alertState(usePreferences.getState().alerts) !== 'on') return;
      setTimeout(() => {
        onceOverTabs(last.id, () => {
          show(conversation, messages);
        });
      }, YIELD_MS);
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
