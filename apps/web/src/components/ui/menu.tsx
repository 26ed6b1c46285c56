import * as Radix from 'radix-ui/dropdown-menu';
import { useRef, type FocusEvent, type ReactNode } from 'react';
import { cn } from '../../lib/cn';

const look = 'z-60 min-w-44 animate-appear rounded-md border border-line bg-raised p-1 text-ink shadow-high';

/** Not modal: a modal menu locks the scroll through a style element, which the content security policy forbids. */
export function Menu({ trigger, onPage = false, children }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={onPage ? document.querySelector('main') : null}>
        <Radix.Content align="end" sideOffset={4} collisionPadding={8} className={look}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface MenuProps {
  trigger: ReactNode;
  /** Not in a dialog: drawn in the landmark that its trigger stands in. */
  onPage?: boolean;
  children: ReactNode;
}

/** A menu that somebody else has opened, over the place where it is put: a `relative` one. In a landmark, as all content is. */
export function OpenMenu({ label, byKeyboard, onClose, onClosed, children }: OpenMenuProps) {
  const entered = useRef(false);
  const enter = ({ target, currentTarget }: FocusEvent<HTMLElement>): void => {
    if (byKeyboard && !entered.current && target === currentTarget)
      currentTarget.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    entered.current = true;
  };
  return (
    <Radix.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <Radix.Trigger asChild>
        <span aria-hidden="true" tabIndex={-1} className="pointer-events-none absolute inset-0" />
      </Radix.Trigger>
      <Radix.Portal container={document.querySelector('main')}>
        <Radix.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className={look}
          onFocus={enter}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // Whatever was chosen may have brought the focus to its own place.
            if (document.activeElement === document.body) onClosed();
          }}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface OpenMenuProps {
  label: string;
  /** The first item has the focus then. */
  byKeyboard: boolean;
  onClose: () => void;
  /** Nobody has the focus: where it should be. */
  onClosed: () => void;
  children: ReactNode;
}

/** Sets apart what cannot be taken back. */
export const MenuLine = () => <Radix.Separator className="my-1 h-px bg-line" />;

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
