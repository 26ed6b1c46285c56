import { useSyncExternalStore } from 'react';

/** After the #, so that no server and no proxy on the way ever sees it. */
const INVITE = /^#invite=([A-Za-z0-9_-]{20,100})$/;

function subscribe(changed: () => void): () => void {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}

/** The token of the invitation whose link was opened. */
export function useInvite(): string | null {
  const hash = useSyncExternalStore(
    subscribe,
    () => location.hash,
    () => '',
  );
  return INVITE.exec(hash)?.[1] ?? null;
}
