import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from '../../lib/cn';

const look = cva(
  'inline-flex shrink-0 items-center gap-2 rounded-md font-semibold whitespace-nowrap transition-colors disabled:opacity-55 aria-disabled:opacity-55',
  {
    variants: {
      kind: {
        primary: 'bg-accent text-on-accent enabled:hover:bg-accent-strong',
        plain: 'border border-line-strong bg-raised text-ink enabled:hover:bg-hover',
        quiet: 'text-soft enabled:hover:bg-hover enabled:hover:text-ink',
        danger: 'border border-danger/50 bg-raised text-danger enabled:hover:bg-danger-soft',
      },
      size: { md: 'h-11 px-4 text-md desk:h-10', sm: 'h-11 px-3 text-sm desk:h-8', field: 'h-11 px-4 text-md' },
      align: { center: 'justify-center', start: 'justify-start' },
    },
    defaultVariants: { kind: 'plain', size: 'md', align: 'center' },
  },
);

export function Button({
  kind,
  size,
  align,
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & VariantProps<typeof look>) {
  return <button type={type} className={cn(look({ kind, size, align }), className)} {...rest} />;
}
