import type { Invite } from '@tertulia/contract';
import { useCallback, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/ui/button';
import { Confirm } from '../../components/ui/confirm';
import { client } from '../../lib/client';
import { useErrorText } from '../session/use-error-text';
import { InviteForm } from './invite-form';
import { LinkBox } from './link-box';
import { PagedList } from './paged-list';
import { usePages, type AskPage } from './use-pages';
import { useWhen } from './use-when';

export function InvitesSection() {
  const t = useTranslations('admin');
  const errorText = useErrorText();
  const ask: AskPage<Invite, never> = useCallback(async () => {
    const { invites } = await client().call('listInvites', {});
    return { items: invites, next: null };
  }, []);
  const pages = usePages(ask);
  const [link, setLink] = useState<string | null>(null);
  const [revoking, setRevoking] = useState<Invite | null>(null);
  const made = (token: string): void => {
    setLink(`${location.origin}/register#invite=${token}`);
    pages.reload();
  };
  const revoke = (invite: Invite): Promise<string | null> =>
    client()
      .call('revokeInvite', { invite: invite.id })
      .then((answer) => {
        pages.replace(answer.invite);
        return null;
      }, errorText);
  return (
    <>
      <p className="text-sm text-soft">{t('invitesHint')}</p>
      <InviteForm onMade={made} />
      {link ? (
        <div role="status" className="flex flex-col gap-3 rounded-md bg-accent-soft p-4">
          <h2 className="font-semibold">{t('newInvite')}</h2>
          <p className="text-sm">{t('newInviteText')}</p>
          <LinkBox link={link} />
        </div>
      ) : null}
      <PagedList label={t('invites')} pages={pages} empty={t('noInvites')}>
        {(invite) => <InviteRow key={invite.id} invite={invite} onRevoke={() => setRevoking(invite)} />}
      </PagedList>
      {revoking ? (
        <Confirm
          title={t('revokeTitle')}
          text={t('revokeText')}
          action={t('revoke')}
          onConfirm={() => revoke(revoking)}
          onClose={() => setRevoking(null)}
        />
      ) : null}
    </>
  );
}

function InviteRow({ invite, onRevoke }: { invite: Invite; onRevoke: () => void }) {
  const t = useTranslations('admin');
  const when = useWhen();
  const state = {
    good: t('inviteUntil', { time: when(invite.expiresAt) }),
    used_up: t('inviteUsedUp'),
    expired: t('inviteExpired', { time: when(invite.expiresAt) }),
    revoked: t('inviteRevoked'),
  }[invite.state];
  return (
    <li className="flex min-h-16 items-center gap-3 py-2">
      <div className="min-w-0 flex-1">
        <p>{t('inviteUses', { count: invite.uses, max: invite.maxUses })}</p>
        <p className={invite.state === 'good' ? 'text-sm text-positive' : 'text-sm text-soft'}>{state}</p>
        <p className="truncate text-sm text-faint">
          {t('inviteMade', { name: invite.by.name, time: when(invite.createdAt) })}
        </p>
      </div>
      {invite.state === 'good' ? (
        <Button size="sm" kind="danger" onClick={onRevoke}>
          {t('revoke')}
        </Button>
      ) : null}
    </li>
  );
}
