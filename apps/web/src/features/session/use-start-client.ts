import { useEffect } from 'react';
import { startClient } from '../../lib/client';
import { feedStores } from './client-bridge';

/** Starts the client with the page, and wakes it when the page comes back to sight or to the network. */
export function useStartClient(): void {
  useEffect(() => {
    const started = startClient(feedStores);
    const wake = (): void => {
      if (document.visibilityState === 'visible') void started.then((client) => client.wake());
    };
    document.addEventListener('visibilitychange', wake);
    addEventListener('online', wake);
    addEventListener('offline', wake);
    return () => {
      document.removeEventListener('visibilitychange', wake);
      removeEventListener('online', wake);
      removeEventListener('offline', wake);
    };
  }, []);
}
