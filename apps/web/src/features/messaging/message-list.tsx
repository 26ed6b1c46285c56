import dynamic from 'next/dynamic';
import { useImperativeHandle, useLayoutEffect, useMemo, useRef, useState, type Ref } from 'react';
import { useTranslations } from 'use-intl';
import { client, type ConversationView, type Timeline } from '../../lib/client';
import { useTitles } from '../conversations/use-title';
import { useMe } from '../session/session-store';
import { buildRows, type Row } from './build-rows';
import { DayPill } from './day-pill';
import { useDeletions } from './deletion-store';
import { JumpButton } from './jump-button';
import { MessageRow } from './message-row';
import { DayRow, NewRow, StartRow, SystemRow } from './other-rows';
import { PendingRow } from './pending-row';
import { lastOwn, MessageTasksContext, subjectOf, type Subject } from './subject';
import { useEnds, useFreshCount, usePages } from './use-list-edges';
import { useMessageVirtualizer, type MessageVirtualizer } from './use-message-virtualizer';
import { useLongPress } from './use-long-press';
import { useReadMark } from './use-read-mark';
import { useRoving } from './use-roving';
import { useScrollGoal, type Goal } from './use-scroll-goal';
import { useUnread } from './use-unread';

const DeleteMessage = dynamic(() => import('./delete-message').then((file) => file.DeleteMessage), { ssr: false });
const MessageSheet = dynamic(() => import('./message-sheet').then((file) => file.MessageSheet), { ssr: false });

export interface ListHandle {
  toEnd: () => void;
  toSeq: (seq: number) => void;
  /** The question before the message is deleted. */
  remove: (subject: Subject) => void;
  lastOwn: () => Subject | null;
}

interface MessageListProps {
  row: ConversationView;
  timeline: Timeline;
  first: Goal;
  /** The message whose words are in the composer. */
  editing: string | null;
  onEdit: (subject: Subject) => void;
  ref: Ref<ListHandle>;
}

export function MessageList({ row, timeline, first, editing, onEdit, ref }: MessageListProps) {
  const t = useTranslations('messages');
  const name = useTitles()(row);
  const me = useMe()?.id ?? '';
  const scroller = useRef<HTMLDivElement>(null);
  const { unreadAfter, keptUnread, markUnread, release } = useUnread(row);
  const hidden = useDeletions((state) => state.hidden);
  const rows = useMemo(() => buildRows({ timeline, me, unreadAfter, hidden }), [timeline, me, unreadAfter, hidden]);
  const [removing, setRemoving] = useState<Subject | null>(null);
  const [held, setHeld] = useState<string | null>(null);
  const longPress = useLongPress(setHeld);
  const virtualRef = useRef<MessageVirtualizer>(null);
  const roving = useRoving(rows, scroller, virtualRef);
  const virtual = useMessageVirtualizer({ rows, hasNewer: timeline.hasNewer, scroller, heldKey: roving.active });
  useLayoutEffect(() => {
    virtualRef.current = virtual;
  }, [virtual]);
  const { placed, flash, aim } = useScrollGoal(virtual, rows, timeline, first);
  const loadingOlder = usePages(virtual, rows.length, timeline, placed);
  const { atEnd, far } = useEnds(scroller, timeline, rows.length);
  const fresh = useFreshCount(row.id, atEnd);
  useReadMark(row, timeline, atEnd && placed && !keptUnread);

  const toEnd = (): void => {
    if (timeline.hasNewer)
      void client()
        .jumpToLatest(row.id)
        .catch(() => undefined);
    aim({ to: 'end' });
  };
  const toSeq = (seq: number): void => {
    const held = rows.some((each) => each.type === 'message' && each.message.seq === seq);
    if (!held)
      void client()
        .jumpTo(row.id, seq)
        .catch(() => undefined);
    aim({ to: 'seq', seq });
  };
  const heldSubject = subjectOf(
    rows.find(({ key }) => key === held),
    row.id,
    me,
  );
  const sent = (): void => {
    release();
    toEnd();
  };
  useImperativeHandle(ref, () => ({
    toEnd: sent,
    toSeq,
    remove: setRemoving,
    lastOwn: () => (timeline.hasNewer ? null : lastOwn(rows, row.id, me)),
  }));
  const tasks = useMemo(() => ({ edit: onEdit, remove: setRemoving, markUnread }), [onEdit, markUnread]);

  return (
    <MessageTasksContext value={tasks}>
      <div className="relative min-h-0 flex-1">
        <div
          ref={scroller}
          role="log"
          aria-live="off"
          aria-label={t('listLabel', { name })}
          aria-busy={timeline.status === 'loading' || loadingOlder}
          className="flex h-full flex-col overflow-y-auto overscroll-contain [overflow-anchor:none]"
          {...roving.handlers}
          {...longPress}
        >
          <div className="relative mt-auto w-full shrink-0" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const each = rows[item.index];
              return each ? (
                <div
                  key={item.key}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  data-key={each.key}
                  className="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <RowView each={each} row={row} flash={flash} entry={roving.entry} editing={editing === each.key} />
                </div>
              ) : null;
            })}
          </div>
        </div>
        <DayPill virtual={virtual} rows={rows} loading={loadingOlder} />
        <JumpButton shown={far || fresh > 0} fresh={fresh} onJump={toEnd} />
      </div>
      {heldSubject ? <MessageSheet subject={heldSubject} onClose={() => setHeld(null)} /> : null}
      {removing ? <DeleteMessage subject={removing} onClose={() => setRemoving(null)} /> : null}
    </MessageTasksContext>
  );
}

function RowView({
  each,
  row,
  flash,
  entry,
  editing,
}: {
  each: Row;
  row: ConversationView;
  flash: number | null;
  entry: string | null;
  editing: boolean;
}) {
  const tabIndex = each.key === entry ? 0 : -1;
  switch (each.type) {
    case 'start':
      return <StartRow row={row} empty={each.empty} />;
    case 'day':
      return <DayRow at={each.at} />;
    case 'new':
      return <NewRow />;
    case 'system':
      return <SystemRow event={each.event} at={each.at} tabIndex={tabIndex} />;
    case 'message':
      return (
        <MessageRow
          conversation={row.id}
          message={each.message}
          change={each.change}
          editing={editing}
          head={each.head}
          flash={flash === each.message.seq}
          tabIndex={tabIndex}
        />
      );
    case 'pending':
      return <PendingRow pending={each.pending} head={each.head} tabIndex={tabIndex} actions editing={editing} />;
  }
}
