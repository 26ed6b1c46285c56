import { useRouter } from 'next/navigation';
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

/** Where nobody has an account yet there is nothing to log in to. */
export function useRegisterFirst(): void {
  const router = useRouter();
  const needsOwner = useNeedsOwner();
  useEffect(() => {
    if (needsOwner) router.replace('/register');
  }, [needsOwner, router]);
}
