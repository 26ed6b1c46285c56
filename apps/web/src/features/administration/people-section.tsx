import type { Account, Person } from '@tertulia/contract';
import { useCallback, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Field } from '../../components/ui/field';
import { client } from '../../lib/client';
import { useMe } from '../session/session-store';
import { AccountRow } from './account-row';
import { PagedList } from './paged-list';
import { useAccountActions } from './use-account-actions';
import { usePages, type AskPage } from './use-pages';
import { usePaused } from './use-paused';

const PAGE = 30;

export function PeopleSection({ onAudit }: { onAudit: (person: Person) => void }) {
  const t = useTranslations('admin');
  const me = useMe();
  const [query, setQuery] = useState('');
  const q = usePaused(query.trim());
  const ask: AskPage<Account, string> = useCallback(
    async (after) => {
      const input = { q, limit: PAGE, ...(after !== undefined && { after }) };
      const { users, next } = await client().call('listUsers', input);
      return { items: users, next };
    },
    [q],
  );
  const pages = usePages(ask);
  // The list knows better than the session: roles change while somebody is logged in.
  const myRole = pages.items.find(({ id }) => id === me?.id)?.role ?? me?.role ?? 'member';
  const { actionsFor, dialog } = useAccountActions({ myId: me?.id ?? '', myRole, onAudit, pages });
  return (
    <>
      <Field
        label={t('find')}
        type="search"
        autoComplete="off"
        dir="auto"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <PagedList label={t('people')} pages={pages} empty={t('nobody')}>
        {(account) => <AccountRow key={account.id} account={account} actions={actionsFor(account)} />}
      </PagedList>
      {dialog}
    </>
  );
}
