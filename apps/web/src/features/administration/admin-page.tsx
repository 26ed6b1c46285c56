import type { Person } from '@tertulia/contract';
import { ChevronLeft } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '../../components/ui/icon-button';
import { Segmented } from '../../components/ui/segmented';
import { navigate } from '../../lib/navigate';
import { AdminMessages } from './admin-messages';
import { AuditSection } from './audit-section';
import { InvitesSection } from './invites-section';
import { PeopleSection } from './people-section';
import { RegistrationSection } from './registration-section';

type Part = 'people' | 'invites' | 'registration' | 'auditLog';
const parts: readonly Part[] = ['people', 'invites', 'registration', 'auditLog'];

export function AdminPage() {
  return (
    <AdminMessages>
      <Administration />
    </AdminMessages>
  );
}

function Administration() {
  const t = useTranslations();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const [part, setPart] = useState<Part>('people');
  const [audited, setAudited] = useState<Person | null>(null);
  const showAudit = (person: Person): void => {
    setAudited(person);
    setPart('auditLog');
  };
  return (
    <>
      <header className="flex min-h-15 shrink-0 items-center gap-1 border-b border-line px-1 desk:px-3">
        <IconButton label={t('settings.title')} onClick={() => navigate('/settings')} className="tip-start">
          <ChevronLeft className="size-6 rtl:rotate-180" aria-hidden="true" />
        </IconButton>
        <h1 ref={heading} tabIndex={-1} className="text-lg font-[650] tracking-tight outline-none">
          {t('admin.title')}
        </h1>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-2xl flex-col gap-6 px-4 py-6 pb-[max(2rem,env(safe-area-inset-bottom))] desk:px-8">
          <div className="-mx-2 overflow-x-auto px-2 desk:mx-0 desk:px-0">
            <Segmented
              label={t('admin.section')}
              value={part}
              onChange={setPart}
              options={parts.map((value) => ({ value, text: t(`admin.${value}`) }))}
            />
          </div>
          <section aria-label={t(`admin.${part}`)} className="flex flex-col gap-4">
            {part === 'people' ? <PeopleSection onAudit={showAudit} /> : null}
            {part === 'invites' ? <InvitesSection /> : null}
            {part === 'registration' ? <RegistrationSection /> : null}
            {part === 'auditLog' ? <AuditSection person={audited} onAll={() => setAudited(null)} /> : null}
          </section>
        </div>
      </div>
    </>
  );
}
