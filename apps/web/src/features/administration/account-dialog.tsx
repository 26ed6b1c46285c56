import type { Account } from '@tertulia/contract';
import { useTranslations } from 'use-intl';
import { Confirm } from '../../components/ui/confirm';
import { Dialog } from '../../components/ui/dialog';
import { showToast } from '../../components/ui/toast-store';
import { client } from '../../lib/client';
import { useErrorText } from '../session/use-error-text';
import { LinkBox } from './link-box';
import type { Pages } from './use-pages';

export type AccountQuestion =
  | { kind: 'suspend' | 'endSessions' | 'handOver'; account: Account }
  | { kind: 'link'; account: Account; link: string; minutes: number };

interface AccountDialogProps {
  question: AccountQuestion;
  pages: Pages<Account>;
  onClose: () => void;
}

export function AccountDialog({ question, pages, onClose }: AccountDialogProps) {
  const t = useTranslations('admin');
  const errorText = useErrorText();
  const { name, id: user } = question.account;
  if (question.kind === 'link')
    return (
      <Dialog
        title={t('recoveryTitle', { name })}
        description={t('recoveryText', { name, count: question.minutes })}
        onClose={onClose}
      >
        <LinkBox link={question.link} />
      </Dialog>
    );

  const suspend = async (): Promise<void> => pages.replace((await client().call('suspendUser', { user })).user);
  const endSessions = async (): Promise<void> => {
    const { ended } = await client().call('endUserSessions', { user });
    showToast(t('sessionsEnded', { name, count: ended }));
  };
  const handOver = async (): Promise<void> => {
    await client().call('transferOwnership', { user });
    pages.reload();
  };
  const { title, text, action, run } = {
    suspend: {
      title: t('suspendTitle', { name }),
      text: t('suspendText', { name }),
      action: t('suspend'),
      run: suspend,
    },
    endSessions: {
      title: t('endTitle', { name }),
      text: t('endText', { name }),
      action: t('endSessions'),
      run: endSessions,
    },
    handOver: {
      title: t('handOverTitle', { name }),
      text: t('handOverText', { name }),
      action: t('handOver'),
      run: handOver,
    },
  }[question.kind];
  return (
    <Confirm
      title={title}
      text={text}
      action={action}
      onConfirm={() => run().then(() => null, errorText)}
      onClose={onClose}
    />
  );
}
