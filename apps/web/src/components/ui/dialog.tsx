import * as Radix from 'radix-ui/dialog';
import { X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '../../lib/cn';
import { IconButton } from './icon-button';

interface DialogProps {
  title: string;
  description?: ReactNode;
  onClose: () => void;
  /** A sheet stands at the side on a desk and rises from below on a phone. */
  sheet?: boolean;
  children: ReactNode;
}

/**
 * The scrim is ours and not the library's: its own one injects a style element to lock the scroll, which the content
 * security policy forbids, and our page does not scroll anyway. Of several dialogs the topmost has the only scrim; it
 * takes over at once, for a fade would let the page flash.
 */
export function Dialog({ title, description, onClose, sheet = false, children }: DialogProps) {
  const t = useTranslations('common');
  const [opener] = useState(whatOpened);
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <div
          data-scrim
          className="fixed inset-0 z-50 animate-appear bg-scrim has-[~[data-scrim]]:opacity-0 [[data-scrim]~&]:animate-none"
        />
        <Radix.Content
          className={cn(frame, sheet ? sheetLook : cardLook)}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            focusAgain(opener);
          }}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <header className="flex items-start gap-2 border-b border-line py-2 ps-5 pe-2">
            <Radix.Title className="min-w-0 flex-1 py-1.5 text-lg font-[650] text-balance [overflow-wrap:anywhere]">
              {title}
            </Radix.Title>
            <Radix.Close asChild>
              <IconButton label={t('close')}>
                <X className="size-5" aria-hidden="true" />
              </IconButton>
            </Radix.Close>
          </header>
          {description ? <Radix.Description className="px-5 pt-4 text-soft">{description}</Radix.Description> : null}
          <div className="min-h-0 flex-1 overflow-y-auto p-5 pb-[max(1.25rem,env(safe-area-inset-bottom))]">
            {children}
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A menu is gone with the choice that was made in it: what opened it is its button. */
function whatOpened(): Element | null {
  const active = document.activeElement;
  const button = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const opener = button ? document.getElementById(button) : null;
  return opener instanceof HTMLButtonElement ? opener : active;
}

/** Back to what opened the dialog; when that is gone (a menu), to the dialog below. */
function focusAgain(opener: Element | null): void {
  const target = opener?.isConnected ? opener : document.querySelector('[role="dialog"] button');
  if (target instanceof HTMLElement) target.focus();
}

const frame =
  'fixed z-50 flex flex-col overflow-hidden bg-raised text-ink shadow-high outline-none animate-rise max-desk:inset-x-0 max-desk:bottom-0 max-desk:max-h-[92dvh] max-desk:rounded-t-lg';
const cardLook =
  'desk:inset-x-0 desk:top-[12dvh] desk:mx-auto desk:max-h-[76dvh] desk:w-[28rem] desk:rounded-lg desk:border desk:border-line';
const sheetLook = 'desk:inset-y-0 desk:end-0 desk:w-[24rem] desk:border-s desk:border-line';
