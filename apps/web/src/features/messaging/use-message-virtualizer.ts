import { defaultRangeExtractor, useVirtualizer, type Range, type Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useLayoutEffect, useRef, type RefObject } from 'react';
import type { Row } from './build-rows';

/** Nearer than this to the end, the list follows what arrives. */
export const END_PX = 80;

const ESTIMATE: Record<Row['type'], number> = { start: 140, day: 36, new: 36, system: 30, message: 30, pending: 30 };

export type MessageVirtualizer = Virtualizer<HTMLDivElement, HTMLDivElement>;

/** Roughly how tall a row will be: the nearer, the less there is to correct when a page is put in front. */
function estimate(row: Row | undefined): number {
  if (!row) return 0;
  const body = row.type === 'message' ? row.message.body : row.type === 'pending' ? row.pending.body : '';
  const lines = body.split('\n').reduce((sum, each) => sum + Math.max(Math.ceil(each.length / 72), 1), 0);
  const head = 'head' in row && row.head ? 36 : 0;
  return ESTIMATE[row.type] + head + Math.max(lines - 1, 0) * 22;
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
    estimateSize: (index) => estimate(rows[index]),
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    overscan: 8,
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
