import { client } from '../../lib/client';
import { useNotices } from './notice-store';

const EVERY_MS = 5 * 60_000;

/** Not knowing is like nothing new: it is asked again. */
export async function refreshNotices(): Promise<void> {
  const notices = await client()
    .account.listNotices()
    .catch(() => null);
  if (notices) useNotices.getState().set(notices);
}

export async function dismissNotice(id: string): Promise<void> {
  await client().account.dismissNotice(id);
  const { notices, set } = useNotices.getState();
  set(notices.filter((notice) => notice.id !== id));
}

/** Asks now, then now and then while somebody looks at the page. Returns the way to stop. */
export function watchNotices(): () => void {
  let asked = 0;
  const look = (): void => {
    if (document.visibilityState !== 'visible' || Date.now() - asked < EVERY_MS) return;
    asked = Date.now();
    void refreshNotices();
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  document.addEventListener('visibilitychange', look);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
    useNotices.getState().set([]);
  };
}
