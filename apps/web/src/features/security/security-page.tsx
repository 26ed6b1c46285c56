import { ChevronLeft } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '../../components/ui/icon-button';
import { navigate } from '../../lib/navigate';
import { ChangePassword } from './change-password';
import { NoticeList } from './notice-list';
import { SecurityWords } from './security-words';
import { SessionList } from './session-list';
import { useSessions } from './use-sessions';
import { refreshNotices } from './watch-notices';

export function SecurityPage() {
  return (
    <SecurityWords>
      <Page />
    </SecurityWords>
  );
}

function Page() {
  const t = useTranslations('security');
  const heading = useRef<HTMLHeadingElement>(null);
  const sessions = useSessions();
  // A form that has done its work begins anew, empty.
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    heading.current?.focus();
    void refreshNotices();
  }, []);
  const changed = (): void => {
    setChanges(changes + 1);
    void sessions.load();
  };
  return (
    <>
      <header className="flex min-h-15 shrink-0 items-center gap-1 border-b border-line px-1 desk:px-3">
        <IconButton label={t('back')} onClick={() => navigate('/settings')} className="tip-start">
          <ChevronLeft className="size-6 rtl:rotate-180" aria-hidden="true" />
        </IconButton>
        <h1 ref={heading} tabIndex={-1} className="text-lg font-[650] tracking-tight outline-none">
          {t('title')}
        </h1>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-xl flex-col gap-8 px-4 py-6 pb-[max(2rem,env(safe-area-inset-bottom))] desk:px-8">
          <NoticeList />
          <SessionList {...sessions} />
          <ChangePassword key={changes} onChanged={changed} />
        </div>
      </div>
    </>
  );
}
