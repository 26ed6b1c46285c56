import type { Account } from '@tertulia/contract';
import { Ellipsis, type LucideIcon } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../components/ui/avatar';
import { IconButton } from '../../components/ui/icon-button';
import { Menu, MenuItem, MenuLine } from '../../components/ui/menu';
import { useMe } from '../session/session-store';
import { useWhen } from './use-when';

export interface AccountAction {
  label: string;
  icon: LucideIcon;
  run: () => void;
  /** Set apart, in red. */
  danger?: boolean;
}

export function AccountRow({ account, actions }: { account: Account; actions: readonly AccountAction[] }) {
  const t = useTranslations();
  const when = useWhen();
  const mine = useMe()?.id === account.id;
  const firstDanger = actions.find(({ danger }) => danger);
  const { lastSeenAt } = account;
  return (
    <li className="flex min-h-16 items-center gap-3 py-2">
      <Avatar id={account.id} name={account.name} />
      <div className="min-w-0 flex-1">
        <p className="truncate">
          <bdi>{account.name}</bdi>
          {mine ? <span className="text-soft"> ({t('details.you')})</span> : null}
        </p>
        <p className="flex flex-wrap gap-x-2 text-sm text-soft">
          {account.suspendedAt !== null ? (
            <span className="font-semibold text-danger">{t('admin.suspended')}</span>
          ) : null}
          {account.role === 'member' ? null : (
            <span className="font-semibold text-accent-strong">{t(`admin.${account.role}`)}</span>
          )}
          <span>{lastSeenAt === null ? t('admin.neverSeen') : t('admin.lastSeen', { time: when(lastSeenAt) })}</span>
        </p>
      </div>
      <Menu
        onPage
        trigger={
          <IconButton label={t('admin.personActions', { name: account.name })}>
            <Ellipsis className="size-5" aria-hidden="true" />
          </IconButton>
        }
      >
        {actions.map((action) => (
          <Fragment key={action.label}>
            {action === firstDanger ? <MenuLine /> : null}
            <MenuItem danger={action.danger ?? false} onSelect={action.run}>
              <action.icon className="size-4" aria-hidden="true" />
              {action.label}
            </MenuItem>
          </Fragment>
        ))}
      </Menu>
    </li>
  );
}
