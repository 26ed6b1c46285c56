import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { client, type Timeline } from '../../lib/client';
import { onIncoming } from './incoming';
import { END_PX, type MessageVirtualizer } from './use-message-virtualizer';

const NEAR_ROWS = 16;

/** Asks for the next page before its edge comes into view. One request at a time; the client decides what to hold. */
export function usePages(virtual: MessageVirtualizer, rowCount: number, timeline: Timeline, placed: boolean): boolean {
  const [loading, setLoading] = useState(false);
  const busy = useRef(false);
  const items = virtual.getVirtualItems();
  const range = virtual.range;
  // A page of which nothing is left to be seen has no edge to come near to.
  const nearTop =
    placed && timeline.hasOlder && (items.length === 0 || (range !== null && range.startIndex < NEAR_ROWS));
  const nearEnd = placed && timeline.hasNewer && range !== null && range.endIndex > rowCount - NEAR_ROWS;
  useEffect(() => {
    if (busy.current || !(nearTop || nearEnd)) return;
    busy.current = true;
    setLoading(nearTop);
    const page = nearTop ? client().loadOlder(timeline.conversation) : client().loadNewer(timeline.conversation);
    void page
      .catch(() => new Promise((resolve) => setTimeout(resolve, 2000)))
      .finally(() => {
        busy.current = false;
        setLoading(false);
      });
  }, [nearTop, nearEnd, rowCount, loading, timeline.conversation, timeline.messages]);
  return loading;
}

export interface Ends {
  atEnd: boolean;
  /** More than a screen away from the end, or the end is not even loaded. */
  far: boolean;
}

/** Whether the end is in view, told when that changes and not for every pixel. */
export function useEnds(scroller: RefObject<HTMLDivElement | null>, timeline: Timeline, rowCount: number): Ends {
  const [ends, setEnds] = useState<Ends>({ atEnd: true, far: false });
  const wasAtEnd = useRef(false);
  const { hasNewer } = timeline;
  const look = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const distance = element.scrollHeight - element.clientHeight - element.scrollTop;
    const next: Ends = { atEnd: !hasNewer && distance <= END_PX, far: hasNewer || distance > element.clientHeight };
    wasAtEnd.current = next.atEnd;
    setEnds((held) => (held.atEnd === next.atEnd && held.far === next.far ? held : next));
  }, [scroller, hasNewer]);
  useEffect(() => {
    const element = scroller.current;
    element?.addEventListener('scroll', look, { passive: true });
    let height = element?.clientHeight ?? 0;
    // A keyboard, a longer composer or a bar takes room from below: whoever was at the end stays there.
    const observer = new ResizeObserver(() => {
      if (!element || element.clientHeight === height) return;
      height = element.clientHeight;
      if (wasAtEnd.current) element.scrollTop = element.scrollHeight;
      look();
    });
    if (element) observer.observe(element);
    return () => {
      element?.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [scroller, look]);
  useLayoutEffect(() => {
    const frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [look, rowCount]);
  return ends;
}

/** How many messages of others came since the end was last in view. */
export function useFreshCount(conversation: string, atEnd: boolean): number {
  const [count, setCount] = useState(0);
  if (atEnd && count > 0) setCount(0);
  useEffect(() => {
    if (atEnd) return;
    return onIncoming((id, messages) => {
      if (id === conversation) setCount((held) => held + messages.length);
    });
  }, [conversation, atEnd]);
  return count;
}
