import { CloudOff, HardDrive, RefreshCw, WifiOff } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/ui/button';
import type { ConnectionState } from '../../lib/client';
import { useSession } from './session-store';

const PATIENCE_MS = 2000;

/** Troubles shorter than two seconds are nobody's business. */
function useLasting(troubled: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!troubled) return;
    const timer = setTimeout(() => setLasting(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [troubled]);
  return troubled && lasting;
}

function subscribe(changed: () => void): () => void {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
}

/** The browser knows of a lost network before the socket does. */
function useConnection(): ConnectionState {
  const known = useSession((state) => state.connection);
  const network = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  return network || known === 'outdated' ? known : 'offline';
}

export function ConnectionBar() {
  const t = useTranslations('connection');
  const connection = useConnection();
  const durable = useSession((state) => state.durable);
  const lasting = useLasting(connection === 'connecting' || connection === 'offline');
  return (
    <div role="status" className="shrink-0">
      {connection === 'outdated' ? (
        <Bar icon={<RefreshCw className="size-4" />}>
          <span className="flex-1">{t('outdated')}</span>
          <Button size="sm" kind="primary" onClick={() => location.reload()}>
            {t('reload')}
          </Button>
        </Bar>
      ) : null}
      {lasting && connection === 'offline' ? <Bar icon={<WifiOff className="size-4" />}>{t('offline')}</Bar> : null}
      {lasting && connection === 'connecting' ? (
        <Bar icon={<CloudOff className="size-4" />}>{t('reconnecting')}</Bar>
      ) : null}
      {durable ? null : <Bar icon={<HardDrive className="size-4" />}>{t('notDurable')}</Bar>}
    </div>
  );
}

function Bar({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-h-9 animate-appear items-center justify-center gap-2 border-b border-line bg-accent-soft px-4 py-1.5 text-sm">
      <span aria-hidden="true" className="shrink-0">
        {icon}
      </span>
      {children}
    </div>
  );
}
