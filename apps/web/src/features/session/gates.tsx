'use client';
import { useRouter } from 'next/navigation';
import { useEffect, type ReactNode } from 'react';
import { keepReturnPath } from '../../lib/navigate';
import { useSession } from './session-store';

/** Shows its children to whoever is signed in; sends everybody else to the log-in and remembers where they were going. */
export function SignedIn({ waiting, children }: { waiting: ReactNode; children: ReactNode }) {
  const router = useRouter();
  const session = useSession((state) => state.session);
  useEffect(() => {
    if (session.status !== 'signed-out') return;
    if (location.pathname !== '/') keepReturnPath(location.pathname);
    router.replace('/login');
  }, [session, router]);
  return session.status === 'signed-in' ? children : waiting;
}

/** The opposite: the log-in and registration pages. */
export function SignedOut({ waiting, children }: { waiting: ReactNode; children: ReactNode }) {
  const router = useRouter();
  const status = useSession((state) => state.session.status);
  useEffect(() => {
    if (status === 'signed-in') router.replace('/');
  }, [status, router]);
  return status === 'signed-out' ? children : waiting;
}
