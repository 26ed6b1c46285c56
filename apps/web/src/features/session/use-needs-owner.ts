import { useEffect, useState } from 'react';
import { whenStarted } from '../../lib/client';

/** Whether the server still waits for its first account. Not knowing is like no. */
export function useNeedsOwner(): boolean {
  const [needsOwner, setNeedsOwner] = useState(false);
  useEffect(() => {
    let current = true;
    void whenStarted()
      .then((client) => client.serverInfo())
      .then((info) => current && setNeedsOwner(info.needsOwner))
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, []);
  return needsOwner;
}
