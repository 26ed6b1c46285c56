import { browserLocale } from '../settings/locale';

const AFTER_MS = 4_000;

/**
 * What is needed only when somebody does something is no part of the first load, and must be here before the network is
 * gone. Returns the way to stop.
 */
export function loadTools(): () => void {
  let stop: (() => void) | null = null;
  let stopped = false;
  const timer = setTimeout(() => {
    const tools = [
      import('../../components/ui/toaster'),
      import('../conversations/details'),
      import('../conversations/new-conversation'),
      import('../conversations/search-results'),
      import('../messaging/conversation-pane'),
      import('../messaging/delete-message'),
      import('../messaging/failed-change'),
      import('../messaging/message-menu'),
      import('../messaging/message-sheet'),
      import('../settings/settings-page'),
      import('../security/security-page'),
      import('../security/security-words').then(({ loadSecurityWords }) =>
        loadSecurityWords(browserLocale([document.documentElement.lang])),
      ),
      import('../security/watch-notices').then(({ watchNotices }) => {
        if (!stopped) stop = watchNotices();
      }),
    ];
    void Promise.allSettled(tools);
  }, AFTER_MS);
  return () => {
    stopped = true;
    clearTimeout(timer);
    stop?.();
  };
}
