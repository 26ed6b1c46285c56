import type { Message } from '@tertulia/contract';
import { Copy, Link2 } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '../../components/ui/icon-button';
import { showToast } from '../../components/ui/toast-store';
import { messagePath } from '../../lib/routes';

/** Without https the browser has no clipboard at all; that is a refusal like any other. */
const copyToClipboard = async (text: string): Promise<void> => navigator.clipboard.writeText(text);

/** Shown over the row on hover, on touch and on keyboard focus; not a tab stop: Enter on the row leads here. */
export function MessageActions({ conversation, message }: { conversation: string; message: Message }) {
  const t = useTranslations('messages');
  const copy = (text: string, done: string): void => {
    copyToClipboard(text).then(
      () => showToast(done),
      () => showToast(t('copyFailed'), 'error'),
    );
  };
  return (
    <div
      role="toolbar"
      aria-label={t('actions')}
      onKeyDown={walk}
      className="absolute end-4 -top-4 z-10 hidden rounded-md border border-line bg-raised p-0.5 shadow-high group-focus-within/row:flex group-hover/row:flex desk:end-5"
    >
      <IconButton
        tabIndex={-1}
        size="sm"
        label={t('copyText')}
        className="tip-up"
        onClick={() => copy(message.body, t('textCopied'))}
      >
        <Copy className="size-4" aria-hidden="true" />
      </IconButton>
      <IconButton
        tabIndex={-1}
        size="sm"
        label={t('copyLink')}
        className="tip-up"
        onClick={() => copy(location.origin + messagePath(conversation, message.seq), t('linkCopied'))}
      >
        <Link2 className="size-4.5" aria-hidden="true" />
      </IconButton>
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
