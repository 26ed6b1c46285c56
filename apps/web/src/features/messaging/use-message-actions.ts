import type { Message } from '@tertulia/contract';
import { Copy, Link2, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { showToast } from '../../components/ui/toast-store';
import { messagePath } from '../../lib/routes';

export interface MessageAction {
  label: string;
  icon: LucideIcon;
  run: () => void;
}

/** Without https the browser has no clipboard at all; that is a refusal like any other. */
const copyToClipboard = async (text: string): Promise<void> => navigator.clipboard.writeText(text);

/** What can be done with a message, in one order everywhere. */
export function useMessageActions(conversation: string, message: Message): readonly MessageAction[] {
  const t = useTranslations('messages');
  const copy = (text: string, done: string): void => {
    copyToClipboard(text).then(
      () => showToast(done),
      () => showToast(t('copyFailed'), 'error'),
    );
  };
  return [
    { label: t('copyText'), icon: Copy, run: () => copy(message.body, t('textCopied')) },
    {
      label: t('copyLink'),
      icon: Link2,
      run: () => copy(location.origin + messagePath(conversation, message.seq), t('linkCopied')),
    },
  ];
}
