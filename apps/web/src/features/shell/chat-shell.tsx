'use client';
import dynamic from 'next/dynamic';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { useTranslations } from 'use-intl';
import { AppMark } from '../../components/ui/app-mark';
import { cn } from '../../lib/cn';
import { navigate, takeReturnPath } from '../../lib/navigate';
import { parseRoute, type Route } from '../../lib/routes';
import { ListPane } from '../conversations/list-pane';
import { AlertPrompt } from '../notifications/alert-prompt';
import { useAlerts } from '../notifications/use-alerts';
import { ConnectionBar } from '../session/connection-bar';
import { LogSkeleton } from '../messaging/log-skeleton';
import { loadTools } from './load-tools';
import { useRegions } from './use-regions';
import { useViewportHeight } from './use-viewport-height';

const ConversationPane = dynamic(() => import('../messaging/conversation-pane').then((file) => file.ConversationPane), {
  ssr: false,
  loading: () => <LogSkeleton />,
});
const AdminPage = dynamic(() => import('../administration/admin-page').then((file) => file.AdminPage), { ssr: false });
const SettingsPage = dynamic(() => import('../settings/settings-page').then((file) => file.SettingsPage), {
  ssr: false,
});
const SecurityPage = dynamic(() => import('../security/security-page').then((file) => file.SecurityPage), {
  ssr: false,
});

/** Two panes on a desk, one on a phone: the address decides which. */
export function ChatShell() {
  const t = useTranslations();
  const route = parseRoute(usePathname());
  useAlerts();
  useEffect(loadTools, []);
  useRegions();
  useViewportHeight();
  useEffect(() => {
    const path = takeReturnPath();
    if (path) navigate(path, { replace: true });
  }, []);
  const listOnly = route.page === 'list';
  return (
    <div className="pane-height flex flex-col">
      <ConnectionBar />
      <div className="grid min-h-0 flex-1 grid-cols-1 grid-rows-[minmax(0,1fr)] desk:grid-cols-[var(--pane-list)_minmax(0,1fr)]">
        <nav
          aria-label={t('list.label')}
          data-region="[aria-current=page], input"
          tabIndex={-1}
          className={cn(
            'flex min-h-0 min-w-0 flex-col bg-sunken pb-[env(safe-area-inset-bottom)] outline-none desk:border-e desk:border-line',
            !listOnly && 'max-desk:hidden',
          )}
        >
          <ListPane current={route.page === 'conversation' ? route.conversation : null} />
          <AlertPrompt />
        </nav>
        <main
          data-region="[role=log] [tabindex='0'], h1"
          tabIndex={-1}
          className={cn('flex min-h-0 min-w-0 flex-col outline-none', listOnly && 'max-desk:sr-only')}
        >
          <Pane route={route} />
        </main>
      </div>
    </div>
  );
}

function Pane({ route }: { route: Route }) {
  if (route.page === 'settings') return <SettingsPage />;
  if (route.page === 'admin') return <AdminPage />;
  if (route.page === 'security') return <SecurityPage />;
  if (route.page === 'conversation')
    return <ConversationPane key={route.conversation} conversation={route.conversation} seq={route.seq} />;
  return <Welcome />;
}

function Welcome() {
  const t = useTranslations('conversation');
  return (
    <div className="m-auto flex max-w-sm flex-col items-center gap-2 p-8 text-center">
      <AppMark className="mb-2 size-12" />
      <h1 className="text-lg font-[650]">{t('welcomeTitle')}</h1>
      <p className="text-soft">{t('welcomeText')}</p>
    </div>
  );
}
