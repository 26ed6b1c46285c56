import * as Radix from 'radix-ui/dropdown-menu';
import type { ReactNode } from 'react';
import { cn } from '../../lib/cn';

/** Not modal: a modal menu locks the scroll through a style element, which the content security policy forbids. */
export function Menu({ trigger, children }: { trigger: ReactNode; children: ReactNode }) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-60 min-w-44 animate-appear rounded-md border border-line bg-raised p-1 text-ink shadow-high"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({
  danger = false,
  onSelect,
  children,
}: {
  danger?: boolean;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <Radix.Item
      onSelect={onSelect}
      className={cn(
        'flex min-h-11 cursor-default items-center gap-2 rounded-sm px-3 text-sm outline-none select-none data-highlighted:bg-hover desk:min-h-9',
        danger && 'text-danger',
      )}
    >
      {children}
    </Radix.Item>
  );
}
