import { cva, type VariantProps } from 'class-variance-authority';
import { cn } from '../../lib/cn';
import { avatarColour, initials } from './avatar-look';

const look = cva('grid shrink-0 select-none place-items-center overflow-hidden font-semibold text-on-avatar', {
  variants: {
    shape: { round: 'rounded-full', square: 'rounded-md' },
    size: { sm: 'size-7 text-xs', md: 'size-9 text-sm', lg: 'size-11 text-md', xl: 'size-14 text-lg' },
  },
  defaultVariants: { shape: 'round', size: 'md' },
});

/** People are round, groups are square. Says nothing to a screen reader: the name always stands beside it. */
export function Avatar({
  id,
  name,
  shape,
  size,
  className,
}: { id: string; name: string; className?: string } & VariantProps<typeof look>) {
  return (
    <span aria-hidden="true" className={cn(look({ shape, size }), avatarColour(id), className)}>
      {initials(name)}
    </span>
  );
}
