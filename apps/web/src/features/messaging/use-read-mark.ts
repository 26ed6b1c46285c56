import { useEffect } from 'react';
import { client, type ConversationView, type Timeline } from '../../lib/client';
import { useAttention } from '../../lib/use-attention';

const SEEN_MS = 500;

/** Read is what was seen: the end in view for half a second, in a window that has the focus. Loading reads nothing. */
export function useReadMark(row: ConversationView, timeline: Timeline, atEnd: boolean): void {
  const attention = useAttention();
  const last = timeline.messages.at(-1)?.seq ?? 0;
  const due = attention && atEnd && !timeline.hasNewer && last > row.me.readSeq;
  useEffect(() => {
    if (!due) return;
    const timer = setTimeout(() => client().markRead(row.id, last), SEEN_MS);
    return () => clearTimeout(timer);
  }, [due, row.id, last]);
}
