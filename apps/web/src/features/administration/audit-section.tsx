import type { AuditAction, AuditEntry, Person } from '@tertulia/contract';
import { X } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/ui/button';
import { SelectField } from '../../components/ui/select-field';
import { client } from '../../lib/client';
import { actions, useAuditText } from './audit-text';
import { PagedList } from './paged-list';
import { usePages, type AskPage } from './use-pages';
import { useWhen } from './use-when';

const PAGE = 50;

interface AuditSectionProps {
  /** Only what this one did or what was done to them. */
  person: Person | null;
  onAll: () => void;
}

export function AuditSection({ person, onAll }: AuditSectionProps) {
  const t = useTranslations();
  const [action, setAction] = useState<AuditAction | 'all'>('all');
  const personId = person?.id;
  const ask: AskPage<AuditEntry, number> = useCallback(
    async (before) => {
      const { entries, next } = await client().call('listAudit', {
        limit: PAGE,
        ...(action !== 'all' && { action }),
        ...(personId !== undefined && { person: personId }),
        ...(before !== undefined && { before }),
      });
      return { items: entries, next };
    },
    [action, personId],
  );
  const pages = usePages(ask);
  const all = { value: 'all' as const, text: t('admin.allActions') };
  return (
    <>
      <SelectField
        label={t('admin.action')}
        value={action}
        onChange={setAction}
        options={[all, ...actions.map((value) => ({ value, text: t(`auditKind.${value}`) }))]}
      />
      {person ? (
        <Button
          size="sm"
          className="max-w-full self-start"
          aria-label={t('admin.removeFilter', { name: person.name })}
          onClick={onAll}
        >
          <bdi className="truncate">{person.name}</bdi>
          <X className="size-4 shrink-0" aria-hidden="true" />
        </Button>
      ) : null}
      <PagedList label={t('admin.auditLog')} pages={pages} empty={t('admin.noAudit')}>
        {(entry) => <AuditRow key={entry.id} entry={entry} />}
      </PagedList>
    </>
  );
}

function AuditRow({ entry }: { entry: AuditEntry }) {
  const t = useTranslations('admin');
  const text = useAuditText();
  const when = useWhen();
  return (
    <li className="flex min-h-14 flex-col justify-center py-2">
      <p dir="auto" className="[overflow-wrap:anywhere]">
        {text(entry)}
      </p>
      <p className="flex flex-wrap gap-x-2 text-sm text-soft">
        <time dateTime={new Date(entry.at).toISOString()}>{when(entry.at)}</time>
        {entry.address === '' ? null : <span>{t('fromAddress', { address: entry.address })}</span>}
      </p>
    </li>
  );
}
