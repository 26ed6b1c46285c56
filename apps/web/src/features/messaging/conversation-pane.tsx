'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { client, type ConversationView, type PendingMessage, type Timeline } from '../../lib/client';
import { isTouch } from '../../lib/use-media';
import { useConversation } from '../conversations/conversation-store';
import { TypingLine } from '../presence/typing-line';
import { Announcer } from './announcer';
import { Composer } from './composer';
import { ConversationHeader } from './conversation-header';
import { EditComposer } from './edit-composer';
import { focusComposer } from './focus';
import { LogSkeleton } from './log-skeleton';
import { MessageList, type ListHandle } from './message-list';
import { PendingRow } from './pending-row';
import type { Subject } from './subject';
import { useTimeline } from './timeline-store';

/** Mounted anew for each conversation. */
export function ConversationPane({ conversation, seq }: { conversation: string; seq: number | null }) {
  const row = useConversation(conversation);
  const timeline = useTimeline(conversation);
  const openedAt = useRef(seq);
  useEffect(() => {
    void client()
      .openConversation(conversation, openedAt.current ?? undefined)
      .catch(() => undefined);
    return () => client().closeConversation(conversation);
  }, [conversation]);
  if (timeline?.status === 'not-found') return <NotFound pending={timeline.pending} />;
  return (
    <>
      <ConversationHeader row={row} />
      {row && timeline ? <Opened row={row} timeline={timeline} seq={seq} /> : <LogSkeleton />}
      <Announcer conversation={conversation} />
    </>
  );
}

const hasRows = ({ status, messages, pending }: Timeline): boolean =>
  status === 'ready' || messages.length + pending.length > 0;

function Opened({ row, timeline, seq }: { row: ConversationView; timeline: Timeline; seq: number | null }) {
  const t = useTranslations('conversation');
  const list = useRef<ListHandle>(null);
  const [first] = useState(() => (seq === null ? ({ to: 'unread' } as const) : ({ to: 'seq', seq } as const)));
  const shownSeq = useRef(seq);
  const shown = timeline.status !== 'loading' && hasRows(timeline);
  const [started, setStarted] = useState(false);
  if (shown && !started) setStarted(true);
  const [editing, setEditing] = useState<Subject | null>(null);
  const endEdit = useCallback(() => setEditing(null), []);
  const wasEditing = useRef(false);
  useEffect(() => {
    // Not a moment after it was asked for, but when it is drawn.
    if (wasEditing.current && editing === null) focusComposer();
    wasEditing.current = editing !== null;
  }, [editing]);

  useEffect(() => {
    if (!isTouch()) focusComposer();
  }, []);
  useEffect(() => {
    if (seq !== null && seq !== shownSeq.current) list.current?.toSeq(seq);
    shownSeq.current = seq;
  }, [seq]);

  return (
    <>
      {started ? (
        <MessageList
          ref={list}
          row={row}
          timeline={timeline}
          first={first}
          editing={editing?.id ?? null}
          onEdit={setEditing}
        />
      ) : timeline.status === 'unavailable' ? (
        <Unavailable />
      ) : (
        <LogSkeleton />
      )}
      {row.me.left ? (
        <p className="shrink-0 border-t border-line px-5 py-4 text-center text-soft">{t('leftNote')}</p>
      ) : editing ? (
        <EditComposer
          key={editing.id}
          subject={editing}
          onDone={endEdit}
          onEmptied={() => {
            endEdit();
            list.current?.remove(editing);
          }}
        />
      ) : (
        <>
          <TypingLine conversation={row.id} />
          <Composer
            row={row}
            onSent={() => list.current?.toEnd()}
            onEditLast={() => setEditing(list.current?.lastOwn() ?? null)}
          />
        </>
      )}
    </>
  );
}

/** What was written before one was removed is still here, to be copied or deleted. */
function NotFound({ pending }: { pending: readonly PendingMessage[] }) {
  const t = useTranslations('conversation');
  return (
    <>
      <ConversationHeader row={null} />
      <div className="m-auto flex max-w-sm flex-col gap-1 p-6 text-center">
        <h1 className="text-lg font-[650]">{t('notFoundTitle')}</h1>
        <p className="text-soft">{t('notFoundText')}</p>
      </div>
      <div className="max-h-[50dvh] shrink-0 overflow-y-auto pb-4">
        {pending.map((each) => (
          <PendingRow key={each.id} pending={each} head tabIndex={0} />
        ))}
      </div>
    </>
  );
}

function Unavailable() {
  const t = useTranslations('conversation');
  return (
    <div role="status" className="m-auto flex max-w-sm flex-col gap-1 p-6 text-center">
      <h2 className="text-lg font-[650]">{t('unavailableTitle')}</h2>
      <p className="text-soft">{t('unavailableText')}</p>
    </div>
  );
}
