import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useServerInfo } from './use-server-info';

/** Where nobody has an account yet there is nothing to log in to. Not knowing is like no. */
export function useRegisterFirst(): void {
  const router = useRouter();
  const info = useServerInfo();
  const needsOwner = info !== null && info !== 'unknown' && info.needsOwner;
  useEffect(() => {
    if (needsOwner) router.replace('/register');
  }, [needsOwner, router]);
}
