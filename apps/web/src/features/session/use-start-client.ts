import { useEffect } from 'react';
import { startClient } from '../../lib/client';
import { feedStores } from './client-bridge';

/** Starts the client with the page, wakes it when the page comes back to sight or to the network, and lets it write when the page goes. */
export function useStartClient(): void {
  useEffect(() => {
    const started = startClient(feedStores);
    const wake = (): void => {
      if (document.visibilityState === 'visible') void started.then((client) => client.wake());
    };
    const persist = (): void => {
      if (document.visibilityState === 'hidden') void started.then((client) => client.persist());
    };
    document.addEventListener('visibilitychange', wake);
    // The last that every page hears of, whether it is put aside or closed.
    document.addEventListener('visibilitychange', persist);
    addEventListener('online', wake);
    addEventListener('offline', wake);
    return () => {
      document.removeEventListener('visibilitychange', wake);
      document.removeEventListener('visibilitychange', persist);
      removeEventListener('online', wake);
      removeEventListener('offline', wake);
    };
  }, []);
}
