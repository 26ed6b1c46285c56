'use client';
import * as Radix from 'radix-ui/toast';
import { X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { cn } from '../../lib/cn';
import { Button } from './button';
import { IconButton } from './icon-button';
import { useToasts } from './toast-store';

export function Toaster() {
  const { toasts, dismiss } = useToasts();
  const t = useTranslations('common');
  return (
    <Radix.Provider duration={5000} swipeDirection="right" label={t('notices')}>
      {toasts.map((toast) => (
        <Radix.Root
          key={toast.id}
          duration={toast.action ? Infinity : undefined}
          type={toast.tone === 'error' ? 'foreground' : 'background'}
          onOpenChange={(open) => !open && dismiss(toast.id)}
          className={cn(
            'flex animate-rise items-center gap-2 rounded-md border bg-raised py-1 ps-4 pe-1 text-sm shadow-high',
            toast.tone === 'error' ? 'border-danger/50' : 'border-line',
          )}
        >
          <Radix.Description className="flex-1 py-1">{toast.text}</Radix.Description>
          {toast.action ? (
            <Radix.Action asChild altText={toast.action.label}>
              <Button size="sm" kind="quiet" onClick={toast.action.run}>
                {toast.action.label}
              </Button>
            </Radix.Action>
          ) : null}
          <Radix.Close asChild>
            <IconButton label={t('close')} size="sm">
              <X className="size-4" aria-hidden="true" />
            </IconButton>
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport
        label={t('notices')}
        className="fixed inset-x-3 bottom-24 z-70 mx-auto flex max-w-sm flex-col gap-2 outline-none"
      />
    </Radix.Provider>
  );
}
