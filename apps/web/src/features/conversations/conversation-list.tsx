import type { KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/ui/button';
import { client } from '../../lib/client';
import { ConversationRow } from './conversation-row';
import { useConversations } from './conversation-store';
import { ListSkeleton } from './list-skeleton';

const AHEAD_PX = 900;

export function ConversationList({ current, onNew }: { current: string | null; onNew: () => void }) {
  const order = useConversations((state) => state.order);
  const status = useConversations((state) => state.status);
  if (order.length === 0) return status === 'loading' ? <ListSkeleton /> : <EmptyList onNew={onNew} />;
  return <Rows order={order} current={current} />;
}

/** Rows out of sight are skipped by the browser itself (`content-visibility`), further ones are loaded by scrolling. */
function Rows({ order, current }: { order: readonly string[]; current: string | null }) {
  const t = useTranslations('list');
  const hasMore = useConversations((state) => state.hasMore);
  const loadMore = (element: HTMLElement): void => {
    const left = element.scrollHeight - element.clientHeight - element.scrollTop;
    if (hasMore && left < AHEAD_PX)
      void client()
        .loadMoreConversations()
        .catch(() => undefined);
  };
  return (
    <div
      ref={(element) => {
        if (element) loadMore(element);
      }}
      className="min-h-0 flex-1 overflow-y-auto px-2 pb-4"
      onScroll={(event) => loadMore(event.currentTarget)}
      onKeyDown={moveByArrows}
    >
      <ul aria-label={t('conversations')}>
        {order.map((id) => (
          <li key={id} className="[contain-intrinsic-size:auto_60px] [content-visibility:auto]">
            <ConversationRow id={id} current={id === current} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Arrows walk over the rows; the browser scrolls the focused one into sight. */
export function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('a, button')];
  const next = rows[rows.indexOf(document.activeElement as HTMLElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function EmptyList({ onNew }: { onNew: () => void }) {
  const t = useTranslations('list');
  return (
    <div className="flex flex-1 flex-col items-start gap-3 px-6 pt-8">
      <h2 className="text-lg font-[650]">{t('emptyTitle')}</h2>
      <p className="text-soft">{t('emptyText')}</p>
      <Button kind="primary" onClick={onNew}>
        {t('emptyAction')}
      </Button>
    </div>
  );
}
