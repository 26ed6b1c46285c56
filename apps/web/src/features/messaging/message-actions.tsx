import { Copy, Ellipsis, Link2, Pencil, type LucideIcon } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '../../components/ui/icon-button';
import { cn } from '../../lib/cn';
import type { Subject } from './subject';
import { useMessageActions, type MessageAction } from './use-message-actions';

const MessageMenu = dynamic(() => import('./message-menu').then((file) => file.MessageMenu), { ssr: false });

const inBar: Partial<Record<MessageAction['name'], LucideIcon>> = { edit: Pencil, copyText: Copy, copyLink: Link2 };

/** Shown over the row on hover, on touch and on keyboard focus; not a tab stop: Enter on the row leads here. */
export function MessageActions({ subject }: { subject: Subject }) {
  const t = useTranslations('messages');
  const actions = useMessageActions(subject);
  const bar = useRef<HTMLDivElement>(null);
  /** What opened the menu. */
  const [open, setOpen] = useState<'keyboard' | 'pointer' | null>(null);
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={t('actions')}
      onKeyDown={walk}
      className={cn(
        'absolute end-4 -top-4 z-10 rounded-md border border-line bg-raised p-0.5 shadow-high desk:end-5',
        open ? 'flex' : 'hidden group-focus-within/row:flex group-hover/row:flex',
      )}
    >
      {actions.map(({ name, label, run }) => {
        const Icon = inBar[name];
        return Icon ? (
          <IconButton key={name} tabIndex={-1} size="sm" label={label} className="tip-up" onClick={run}>
            <Icon className="size-4" aria-hidden="true" />
          </IconButton>
        ) : null;
      })}
      <span className="relative">
        <IconButton
          tabIndex={-1}
          size="sm"
          label={t('more')}
          aria-haspopup="menu"
          aria-expanded={open !== null}
          className="tip-up"
          // A click without a pointer is a key.
          onClick={({ detail }) => setOpen(detail === 0 ? 'keyboard' : 'pointer')}
        >
          <Ellipsis className="size-4" aria-hidden="true" />
        </IconButton>
        {open ? (
          <MessageMenu
            actions={actions}
            byKeyboard={open === 'keyboard'}
            onClose={() => setOpen(null)}
            onClosed={() => bar.current?.closest<HTMLElement>('[data-stop]')?.focus()}
          />
        ) : null}
      </span>
    </div>
  );
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  // What happens in the menu comes here too, by React's tree.
  if (!event.currentTarget.contains(event.target as Node)) return;
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
