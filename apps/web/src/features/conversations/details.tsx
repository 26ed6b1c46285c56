import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../components/ui/avatar';
import { Button } from '../../components/ui/button';
import { Confirm } from '../../components/ui/confirm';
import { Dialog } from '../../components/ui/dialog';
import { client, type ConversationView } from '../../lib/client';
import { navigate } from '../../lib/navigate';
import { useErrorText } from '../session/use-error-text';
import { useMe } from '../session/session-store';
import { AddMembers } from './add-members';
import { MemberList } from './member-list';
import { RenameGroup } from './rename-group';
import { OnlineDot } from '../presence/online-dot';
import { avatarOf, usePeer, useSubtitles, useTitles } from './use-title';

export function Details({ row, onClose }: { row: ConversationView; onClose: () => void }) {
  const t = useTranslations();
  const me = useMe();
  const title = useTitles()(row);
  const subtitle = useSubtitles()(row);
  const group = row.kind === 'group';
  const manages = group && (row.me.role !== 'member' || me?.role === 'owner');
  return (
    <Dialog sheet title={group ? t('details.groupTitle') : t('details.directTitle')} onClose={onClose}>
      <div className="flex flex-col gap-6">
        <div className="flex flex-col items-center gap-2 text-center">
          <OnlineDot user={usePeer(row)} on="raised">
            <Avatar {...avatarOf(row)} name={title} size="xl" />
          </OnlineDot>
          <bdi className="max-w-full text-lg font-[650] break-words">{title}</bdi>
          <p className="text-sm text-soft">{subtitle}</p>
        </div>
        {manages ? <RenameGroup row={row} /> : null}
        {manages ? <AddMembers conversation={row.id} /> : null}
        {group ? <MemberList conversation={row.id} manages={manages} /> : null}
        {group ? <Leave row={row} title={title} onLeft={onClose} /> : null}
      </div>
    </Dialog>
  );
}

function Leave({ row, title, onLeft }: { row: ConversationView; title: string; onLeft: () => void }) {
  const t = useTranslations('details');
  const errorText = useErrorText();
  const [asking, setAsking] = useState(false);
  const leave = async (): Promise<string | null> => {
    try {
      await client().leaveGroup(row.id);
      onLeft();
      navigate('/', { replace: true });
      return null;
    } catch (error) {
      return errorText(error);
    }
  };
  return (
    <>
      <Button kind="danger" onClick={() => setAsking(true)}>
        <LogOut className="size-4.5" aria-hidden="true" />
        {t('leave')}
      </Button>
      {asking ? (
        <Confirm
          title={t('leaveTitle', { name: title })}
          text={row.memberCount === 1 ? t('leaveLastText') : t('leaveText')}
          action={t('leaveConfirm')}
          onConfirm={leave}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}
