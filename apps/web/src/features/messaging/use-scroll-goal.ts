import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Timeline } from '../../lib/client';
import { rowSeq, type Row } from './build-rows';
import type { MessageVirtualizer } from './use-message-virtualizer';

export type Goal = { to: 'unread' } | { to: 'end' } | { to: 'seq'; seq: number };

const FLASH_MS = 1500;
const ROWS_BEFORE_DIVIDER = 2;
/** The virtual list corrects a jump for a few frames, and it counts in row numbers: no page may be put in front meanwhile. */
const SETTLE_MS = 200;

/** Where the rows have the goal; null while the page with it is not here yet. */
function locate(
  goal: Goal,
  rows: readonly Row[],
  timeline: Timeline,
): { index: number; align: 'start' | 'center' | 'end' } | null {
  const end = { index: rows.length - 1, align: 'end' } as const;
  if (goal.to === 'end') return timeline.hasNewer ? null : end;
  if (goal.to === 'unread') {
    const divider = rows.findIndex((row) => row.type === 'new');
    return divider < 0 ? end : { index: Math.max(divider - ROWS_BEFORE_DIVIDER, 0), align: 'start' };
  }
  const { messages } = timeline;
  const loaded =
    goal.seq >= (messages[0]?.seq ?? Infinity) && (goal.seq <= (messages.at(-1)?.seq ?? 0) || !timeline.hasNewer);
  if (!loaded) return null;
  // What was deleted has no row any more: the next one is where it was.
  const index = rows.findIndex((row) => (rowSeq(row) ?? 0) >= goal.seq);
  return index < 0 ? end : { index, align: 'center' };
}

/** Brings a place into view once the rows hold it: at the opening, after a jump, for a link to a message. */
export function useScrollGoal(virtual: MessageVirtualizer, rows: readonly Row[], timeline: Timeline, first: Goal) {
  const goal = useRef<Goal | null>(first);
  const [placed, setPlaced] = useState(false);
  const [settling, setSettling] = useState(0);
  const [flash, setFlash] = useState<number | null>(null);

  const pursue = useCallback(() => {
    const wanted = goal.current;
    const found = wanted && locate(wanted, rows, timeline);
    if (!wanted || !found) return;
    goal.current = null;
    if (found.align === 'end') virtual.scrollToEnd();
    else virtual.scrollToIndex(found.index, { align: found.align });
    setPlaced(false);
    setSettling((count) => count + 1);
    if (wanted.to === 'seq') setFlash(wanted.seq);
  }, [rows, timeline, virtual]);

  useLayoutEffect(pursue, [pursue]);
  useEffect(() => {
    if (settling === 0) return;
    const timer = setTimeout(() => setPlaced(true), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [settling]);
  useEffect(() => {
    if (flash === null) return;
    const timer = setTimeout(() => setFlash(null), FLASH_MS);
    return () => clearTimeout(timer);
  }, [flash]);

  const aim = useCallback(
    (next: Goal) => {
      goal.current = next;
      pursue();
    },
    [pursue],
  );
  return { placed, flash, aim };
}
