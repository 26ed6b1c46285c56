import { useTranslations } from 'use-intl';
import { showToast } from '../../components/ui/toast-store';
import { messagePath } from '../../lib/routes';
import { useMessageTasks, type Subject } from './subject';

export interface MessageAction {
  name: 'edit' | 'copyText' | 'copyLink' | 'markUnread' | 'remove';
  label: string;
  run: () => void;
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
    mine && { name: 'edit', label: t('messages.edit'), run: () => tasks.edit(subject) },
    { name: 'copyText', label: t('messages.copyText'), run: () => copy(text, t('messages.textCopied')) },
    message && { name: 'copyLink', label: t('messages.copyLink'), run: () => copyLink(message.seq) },
    message &&
      !mine && { name: 'markUnread', label: t('messages.markUnread'), run: () => tasks.markUnread(message.seq) },
    mine && { name: 'remove', label: t('common.delete'), danger: true, run: () => tasks.remove(subject) },
  ];
  return actions.filter((action): action is MessageAction => Boolean(action));
}
