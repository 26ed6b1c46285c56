import { Copy, Link2, MailOpen, Pencil, Trash2, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { showToast } from '../../components/ui/toast-store';
import { messagePath } from '../../lib/routes';
import { useMessageTasks, type Subject } from './subject';

export interface MessageAction {
  label: string;
  icon: LucideIcon;
  run: () => void;
  /** Also in the bar of the row. */
  inBar?: boolean;
  /** Cannot be taken back: last, and set apart. */
  danger?: boolean;
}

/** Without https the browser has no clipboard at all; that is a refusal like any other. */
const copyToClipboard = async (text: string): Promise<void> => navigator.clipboard.writeText(text);

/** What can be done with a message, in one order everywhere. */
export function useMessageActions(subject: Subject): readonly MessageAction[] {
  const t = useTranslations();
  const tasks = useMessageTasks();
  const { conversation, text, mine, message } = subject;
  const copy = (what: string, done: string): void => {
    copyToClipboard(what).then(
      () => showToast(done),
      () => showToast(t('messages.copyFailed'), 'error'),
    );
  };
  const copyLink = (seq: number): void =>
    copy(location.origin + messagePath(conversation, seq), t('messages.linkCopied'));
  const actions: (MessageAction | false | null)[] = [
    mine && { label: t('messages.edit'), icon: Pencil, inBar: true, run: () => tasks.edit(subject) },
    {
      label: t('messages.copyText'),
      icon: Copy,
      inBar: true,
      run: () => copy(text, t('messages.textCopied')),
    },
    message && { label: t('messages.copyLink'), icon: Link2, inBar: true, run: () => copyLink(message.seq) },
    message && !mine && { label: t('messages.markUnread'), icon: MailOpen, run: () => tasks.markUnread(message.seq) },
    mine && { label: t('common.delete'), icon: Trash2, danger: true, run: () => tasks.remove(subject) },
  ];
  return actions.filter((action): action is MessageAction => Boolean(action));
}
