import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '@/components/ui/button';
import { client } from '@/lib/client';
import { ConversationRow } from './conversation-row';
import { useConversations } from './conversation-store';
import { ListSkeleton } from './list-skeleton';

const ROW_HEIGHT = 60;

export function ConversationList({ current, onNew }: { current: string | null; onNew: () => void }) {
  const order = useConversations((state) => state.order);
  const status = useConversations((state) => state.status);
  if (order.length === 0) return status === 'loading' ? <ListSkeleton /> : <EmptyList onNew={onNew} />;
  return <Rows order={order} current={current} />;
}

function Rows({ order, current }: { order: readonly string[]; current: string | null }) {
  const t = useTranslations('list');
  const scroller = useRef<HTMLDivElement>(null);
  const hasMore = useConversations((state) => state.hasMore);
  const virtual = useVirtualizer({
    count: order.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => order[index] ?? index,
    overscan: 6,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= order.length - 10) void client().loadMoreConversations().catch(() => undefined);
  }, [hasMore, last, order.length]);
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto px-2 pb-4" onKeyDown={moveByArrows}>
      <ul aria-label={t('conversations')} className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => (
          <li key={item.key} className="absolute inset-x-0 top-0" style={{ height: item.size, transform: `translateY(${item.start}px)` }}>
            <ConversationRow id={order[item.index] ?? ''} current={order[item.index] === current} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Arrows walk over the rows; the browser scrolls the focused one into sight and the virtual list follows. */
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
