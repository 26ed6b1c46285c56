import type { Message } from '@tertulia/contract';
import { useTranslations } from 'use-intl';
import { Dialog } from '../../components/ui/dialog';
import { useMessageActions } from './use-message-actions';

interface MessageSheetProps {
  conversation: string;
  message: Message;
  onClose: () => void;
}

/** The actions of a message for fingers: what a long press brings up. */
export function MessageSheet({ conversation, message, onClose }: MessageSheetProps) {
  const t = useTranslations('messages');
  const actions = useMessageActions(conversation, message);
  return (
    <Dialog title={t('actions')} onClose={onClose}>
      <p dir="auto" className="mb-3 line-clamp-2 border-s-2 border-line-strong ps-3 [overflow-wrap:anywhere] text-soft">
        {message.body}
      </p>
      <ul className="-mx-3">
        {actions.map(({ label, icon: Icon, run }) => (
          <li key={label}>
            <button
              type="button"
              onClick={() => {
                onClose();
                run();
              }}
              className="flex min-h-12 w-full items-center gap-3 rounded-md px-3 text-start transition-colors hover:bg-hover active:bg-hover"
            >
              <Icon className="size-5 text-soft" aria-hidden="true" />
              {label}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
