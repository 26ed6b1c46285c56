import { useLocale } from 'use-intl';
import { fullTime, shortClockTime } from '../../lib/times';

/** A held finger asks for the actions: it must not select text at the same time. */
export const articleLook =
  'group/row relative pointer-coarse:select-none pointer-coarse:[-webkit-touch-callout:none] grid grid-cols-[2.25rem_minmax(0,1fr)] gap-x-3 px-4 py-[3px] transition-colors hover:bg-hover/60 focus-visible:bg-hover/60 focus-visible:outline-offset-[-2px] desk:px-5';

/** The message whose words are in the composer. */
export const editingLook = 'bg-mention hover:bg-mention';

export function Author({ name, at, text }: { name: string; at: number; text: string }) {
  return (
    <div className="flex items-baseline gap-2">
      <bdi className="min-w-0 truncate font-[620]">{name}</bdi>
      <Time at={at} text={text} className="shrink-0 text-xs text-faint tabular-nums" />
    </div>
  );
}

/** The time of a row that goes on: only when asked for, by hover or by focus. */
export function GutterTime({ at }: { at: number }) {
  const locale = useLocale();
  return (
    <Time
      at={at}
      text={shortClockTime(at, locale)}
      className="-ms-1 text-end text-xs leading-[1.375rem] text-faint tabular-nums opacity-0 group-hover/row:opacity-100 group-focus-visible/row:opacity-100 group-focus-within/row:opacity-100"
    />
  );
}

export function Time({ at, text, className }: { at: number; text: string; className: string }) {
  const locale = useLocale();
  return (
    <time dateTime={new Date(at).toISOString()} title={fullTime(at, locale)} className={className}>
      {text}
    </time>
  );
}
