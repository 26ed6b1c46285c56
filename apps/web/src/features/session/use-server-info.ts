import { useEffect, useState } from 'react';
import { whenStarted, type ServerInfo } from '../../lib/client';

/** What the server says of itself; null until it is known, 'unknown' where it cannot be asked. */
export function useServerInfo(): ServerInfo | 'unknown' | null {
  const [info, setInfo] = useState<ServerInfo | 'unknown' | null>(null);
  useEffect(() => {
    let current = true;
    void whenStarted()
      .then((client) => client.serverInfo())
      .catch(() => 'unknown' as const)
      .then((answer) => current && setInfo(answer));
    return () => {
      current = false;
    };
  }, []);
  return info;
}
