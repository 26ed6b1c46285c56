import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import { cn } from '../../lib/cn';

const rowLook = (selected = false): string =>
  cn(
    'flex w-full items-center gap-x-3 rounded-md p-2 text-start transition-colors',
    'focus-visible:outline-offset-[-2px]',
    selected ? 'bg-selected max-desk:bg-transparent' : 'hover:bg-hover',
  );

export function RowBody({
  avatar,
  title,
  below,
  end,
}: {
  avatar: ReactNode;
  title: ReactNode;
  below: ReactNode;
  end?: ReactNode;
}) {
  return (
    <>
      {avatar}
      <span className="min-w-0 flex-1">
        <span className="block truncate text-md">{title}</span>
        {below ? <span className="block truncate text-sm text-soft">{below}</span> : null}
      </span>
      {end ? <span className="flex shrink-0 flex-col items-end gap-0.5 self-stretch">{end}</span> : null}
    </>
  );
}

/** A row that is a real link: a plain click stays in the page, a middle click opens a tab. */
export function LinkRow({
  selected,
  onOpen,
  className,
  ...rest
}: ComponentProps<'a'> & { selected?: boolean; onOpen: () => void }) {
  const open = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onOpen();
  };
  return (
    <a
      className={cn(rowLook(selected), className)}
      aria-current={selected ? 'page' : undefined}
      onClick={open}
      {...rest}
    />
  );
}

export function ButtonRow({ className, ...rest }: ComponentProps<'button'>) {
  return <button type="button" className={cn(rowLook(), className)} {...rest} />;
}
