import type { Message } from '@tertulia/contract';
import type { KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '../../components/ui/icon-button';
import { useMessageActions } from './use-message-actions';

/** Shown over the row on hover, on touch and on keyboard focus; not a tab stop: Enter on the row leads here. */
export function MessageActions({ conversation, message }: { conversation: string; message: Message }) {
  const t = useTranslations('messages');
  const actions = useMessageActions(conversation, message);
  return (
    <div
      role="toolbar"
      aria-label={t('actions')}
      onKeyDown={walk}
      className="absolute end-4 -top-4 z-10 hidden rounded-md border border-line bg-raised p-0.5 shadow-high group-focus-within/row:flex group-hover/row:flex desk:end-5"
    >
      {actions.map(({ label, icon: Icon, run }) => (
        <IconButton key={label} tabIndex={-1} size="sm" label={label} className="tip-up" onClick={run}>
          <Icon className="size-4" aria-hidden="true" />
        </IconButton>
      ))}
    </div>
  );
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
  const step = steps[event.key];
  if (event.key === 'Escape') event.currentTarget.closest<HTMLElement>('[data-stop]')?.focus();
  else if (step) buttons[(at + step + buttons.length) % buttons.length]?.focus();
  else if (!['ArrowUp', 'ArrowDown', 'Home', 'End'].includes(event.key)) return;
  event.stopPropagation();
  event.preventDefault();
}
