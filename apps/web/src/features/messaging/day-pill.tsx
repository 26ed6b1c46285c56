import { useTranslations } from 'use-intl';
import { cn } from '../../lib/cn';
import type { Row } from './build-rows';
import { useDayName } from './other-rows';
import type { MessageVirtualizer } from './use-message-virtualizer';

/** The day of what is at the top, while scrolling; also says that earlier messages are on their way. */
export function DayPill({
  virtual,
  rows,
  loading,
}: {
  virtual: MessageVirtualizer;
  rows: readonly Row[];
  loading: boolean;
}) {
  const t = useTranslations('messages');
  const nameOf = useDayName();
  const top = rows.slice(virtual.range?.startIndex ?? 0).find((row) => 'at' in row);
  const waiting = loading && (virtual.scrollOffset ?? 0) < 200;
  const shown = waiting || (virtual.isScrolling && top !== undefined && top.type !== 'day');
  const text = waiting ? t('loadingOlder') : top && 'at' in top ? nameOf(top.at) : '';
  return (
    <div
      aria-hidden="true"
      className={cn(
        'pointer-events-none absolute inset-x-0 top-2 z-20 flex justify-center transition-opacity duration-(--slow)',
        shown ? 'opacity-100' : 'opacity-0',
      )}
    >
      <span className="rounded-full border border-line bg-raised px-3 py-1 text-xs font-semibold text-soft shadow-low">
        {text}
      </span>
    </div>
  );
}
