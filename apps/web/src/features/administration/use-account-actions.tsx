import type { Account, Person, ServerRole } from '@tertulia/contract';
import { Crown, History, KeyRound, LogOut, Shield, ShieldOff, UserCheck, UserX } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { showToast } from '../../components/ui/toast-store';
import { client } from '../../lib/client';
import { useErrorText } from '../session/use-error-text';
import type { AccountAction } from './account-row';
import { AccountDialog, type AccountQuestion } from './account-dialog';
import type { Pages } from './use-pages';

interface Options {
  myId: string;
  myRole: ServerRole;
  onAudit: (person: Person) => void;
  pages: Pages<Account>;
}

/** What I may do with whom, and the question that some of it asks first. The server decides all of it again. */
export function useAccountActions({ myId, myRole, onAudit, pages }: Options): {
  actionsFor: (account: Account) => readonly AccountAction[];
  dialog: ReactNode;
} {
  const t = useTranslations('admin');
  const errorText = useErrorText();
  const [question, setQuestion] = useState<AccountQuestion | null>(null);
  const attempt = (work: () => Promise<void>) => () =>
    void work().catch((error: unknown) => showToast(errorText(error), 'error'));

  const setRole = (account: Account, role: 'admin' | 'member') =>
    attempt(async () => {
      const { user } = await client().call('setRole', { user: account.id, role });
      pages.replace(user);
      showToast(t(role === 'admin' ? 'madeAdmin' : 'madeMember', { name: user.name }));
    });
  const restore = (account: Account) =>
    attempt(async () => {
      const { user } = await client().call('restoreUser', { user: account.id });
      pages.replace(user);
      showToast(t('restored', { name: user.name }));
    });
  const recover = (account: Account) =>
    attempt(async () => {
      const { token, minutes } = await client().call('issueRecoveryLink', { user: account.id });
      setQuestion({ kind: 'link', account, link: `${location.origin}/recover#${token}`, minutes });
    });

  const actionsFor = (account: Account): readonly AccountAction[] => {
    const isAbove = account.role === 'member' ? myRole !== 'member' : account.role === 'admin' && myRole === 'owner';
    const manages = account.id !== myId && isAbove;
    const owns = manages && myRole === 'owner';
    const ask = (kind: 'suspend' | 'endSessions' | 'handOver') => () => setQuestion({ kind, account });
    const actions: (AccountAction | false)[] = [
      { label: t('showAudit'), icon: History, run: () => onAudit(account) },
      manages && { label: t('recoveryLink'), icon: KeyRound, run: recover(account) },
      manages && { label: t('endSessions'), icon: LogOut, run: ask('endSessions') },
      owns && account.role === 'member' && { label: t('makeAdmin'), icon: Shield, run: setRole(account, 'admin') },
      owns && account.role === 'admin' && { label: t('makeMember'), icon: ShieldOff, run: setRole(account, 'member') },
      manages && account.suspendedAt !== null && { label: t('restore'), icon: UserCheck, run: restore(account) },
      manages &&
        account.suspendedAt === null && { label: t('suspend'), icon: UserX, run: ask('suspend'), danger: true },
      owns && account.suspendedAt === null && { label: t('handOver'), icon: Crown, run: ask('handOver'), danger: true },
    ];
    return actions.filter((action) => action !== false);
  };
  return {
    actionsFor,
    dialog: question ? <AccountDialog question={question} pages={pages} onClose={() => setQuestion(null)} /> : null,
  };
}
