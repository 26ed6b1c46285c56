import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

/** A button that is only an icon: `label` is its name and its tooltip. */
export function IconButton({ label, className, type = 'button', ...rest }: ComponentProps<'button'> & { label: string }) {
  return (
    <button
      type={type}
      aria-label={label}
      className={cn('tip grid size-11 shrink-0 place-items-center rounded-md text-soft transition-colors enabled:hover:bg-hover enabled:hover:text-ink desk:size-9', className)}
      {...rest}
    />
  );
}
