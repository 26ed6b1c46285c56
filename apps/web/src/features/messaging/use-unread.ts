import { useCallback, useState } from 'react';
import { client, type ConversationView } from '../../lib/client';

/** Where what is new begins, as it was when the conversation was opened, or as the person wants it. */
export function useUnread(row: ConversationView) {
  const [unreadAfter, setUnreadAfter] = useState(() => (row.unread > 0 ? row.me.readSeq : null));
  /** Marked as unread by hand: being seen does not make it read until one comes again, or writes. */
  const [keptUnread, setKeptUnread] = useState(false);
  const markUnread = useCallback(
    (seq: number) => {
      client().markUnread(row.id, seq);
      setUnreadAfter(seq - 1);
      setKeptUnread(true);
    },
    [row.id],
  );
  const release = useCallback(() => setKeptUnread(false), []);
  return { unreadAfter, keptUnread, markUnread, release };
}
