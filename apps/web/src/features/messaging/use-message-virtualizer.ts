import { defaultRangeExtractor, useVirtualizer, type Range, type Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef, type RefObject } from 'react';
import type { Row } from './build-rows';

/** Nearer than this to the end, the list follows what arrives. */
export const END_PX = 80;

const ESTIMATE: Record<Row['type'], number> = { start: 128, day: 36, new: 36, system: 30, message: 28, pending: 28 };
const LINE_PX = 22;
/** The line of the author, and what stands between two groups. */
const HEAD_PX = 31;
/** Beside the text; an average letter; `max-w-[72ch]`. */
const GUTTER_PX = 88;
const LETTER_PX = 7.3;
const LONGEST_LINE = 92;

export type MessageVirtualizer = Virtualizer<HTMLDivElement, HTMLDivElement>;

/** Roughly how tall a row will be: the nearer, the less there is to correct when a page is put in front. */
function estimate(row: Row | undefined, listWidth: number): number {
  if (!row) return 0;
  const body = row.type === 'message' ? row.message.body : row.type === 'pending' ? row.pending.body : '';
  const perLine = Math.min(LONGEST_LINE, Math.max((listWidth - GUTTER_PX) / LETTER_PX, 10));
  const lines = body.split('\n').reduce((sum, each) => sum + Math.max(Math.ceil(each.length / perLine), 1), 0);
  const head = 'head' in row && row.head ? HEAD_PX : 0;
  return ESTIMATE[row.type] + head + Math.max(lines - 1, 0) * LINE_PX;
}

interface Options {
  rows: readonly Row[];
  hasNewer: boolean;
  scroller: RefObject<HTMLDivElement | null>;
  /** A row that stays mounted wherever the list is scrolled: the one with the keyboard focus. */
  heldKey: string | null;
}

export function useMessageVirtualizer({ rows, hasNewer, scroller, heldKey }: Options): MessageVirtualizer {
  const hadNewer = useRef(hasNewer);
  const held = rows.findIndex((row) => row.key === heldKey);
  const last = rows.length - 1;
  const rangeExtractor = useCallback(
    (range: Range) =>
      [...new Set([...defaultRangeExtractor(range), held, last])]
        .filter((index) => index >= 0 && index <= last)
        .sort((a, b) => a - b),
    [held, last],
  );
  const virtual = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimate(rows[index], scroller.current?.clientWidth ?? 0),
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    // More than a fast turn of the wheel: a row is measured before it is seen.
    overscan: 20,
    paddingEnd: 12,
    rangeExtractor,
    anchorTo: 'end',
    // A page of newer history also comes at the end; only what is really new is followed.
    followOnAppend: !hasNewer && !hadNewer.current,
    scrollEndThreshold: END_PX,
  });
  useLayoutEffect(() => {
    hadNewer.current = hasNewer;
  }, [hasNewer]);
  return virtual;
}
