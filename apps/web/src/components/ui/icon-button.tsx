import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from '../../lib/cn';

const look = cva(
  'tip grid shrink-0 place-items-center text-soft transition-colors enabled:hover:bg-hover enabled:hover:text-ink',
  {
    variants: {
      size: {
        md: 'size-11 rounded-md desk:size-9',
        sm: 'size-11 rounded-sm desk:size-8',
        inner: 'size-11 rounded-sm desk:size-8',
      },
    },
    defaultVariants: { size: 'md' },
  },
);

/** A button that is only an icon: `label` is its name and its tooltip. */
export function IconButton({
  label,
  size,
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & VariantProps<typeof look> & { label: string }) {
  return <button type={type} aria-label={label} className={cn(look({ size }), className)} {...rest} />;
}
