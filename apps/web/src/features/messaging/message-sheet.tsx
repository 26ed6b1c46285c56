import { useTranslations } from 'use-intl';
import { Dialog } from '../../components/ui/dialog';
import { cn } from '../../lib/cn';
import { actionIcons } from './action-icons';
import { Quote } from './quote';
import type { Subject } from './subject';
import { useMessageActions, type MessageAction } from './use-message-actions';

/** The actions of a message for fingers: what a long press brings up. */
export function MessageSheet({ subject, onClose }: { subject: Subject; onClose: () => void }) {
  const t = useTranslations('messages');
  return (
    <Dialog title={t('actions')} onClose={onClose}>
      <Quote text={subject.text} />
      <ul className="-mx-3 mt-3">
        {useMessageActions(subject).map((action) => (
          <li key={action.name} className={cn(action.danger && 'mt-1 border-t border-line pt-1')}>
            <Action action={action} onChosen={onClose} />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function Action({ action, onChosen }: { action: MessageAction; onChosen: () => void }) {
  const { name, label, danger } = action;
  const Icon = actionIcons[name];
  return (
    <button
      type="button"
      onClick={() => {
        onChosen();
        action.run();
      }}
      className={cn(
        'flex min-h-12 w-full items-center gap-3 rounded-md px-3 text-start transition-colors hover:bg-hover active:bg-hover',
        danger && 'text-danger',
      )}
    >
      <Icon className={cn('size-5', danger ? '' : 'text-soft')} aria-hidden="true" />
      {label}
    </button>
  );
}
