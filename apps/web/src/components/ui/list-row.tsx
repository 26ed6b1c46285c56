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
  time,
  mark,
}: {
  avatar: ReactNode;
  title: ReactNode;
  below: ReactNode;
  /** At the end of the first line. */
  time?: ReactNode;
  /** At the end of the second. */
  mark?: ReactNode;
}) {
  return (
    <>
      {avatar}
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate text-md">{title}</span>
          {time}
        </span>
        {below ? (
          <span className="flex items-center gap-2">
            <span className="min-w-0 flex-1 truncate text-sm text-soft">{below}</span>
            {mark}
          </span>
        ) : null}
      </span>
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
