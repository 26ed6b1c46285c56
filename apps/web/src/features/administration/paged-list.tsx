import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Alert } from '../../components/ui/alert';
import { Button } from '../../components/ui/button';
import { Skeleton } from '../../components/ui/skeleton';
import type { Pages } from './use-pages';

interface PagedListProps<T> {
  label: string;
  pages: Pages<T>;
  /** Said when there is nothing. */
  empty: string;
  children: (item: T) => ReactNode;
}

/** The four states of a list: on its way, refused, empty, there; and the way to more of it. */
export function PagedList<T>({ label, pages, empty, children }: PagedListProps<T>) {
  const t = useTranslations();
  const { items, loading, problem } = pages;
  return (
    <div className="flex flex-col gap-3">
      {loading ? <Rows label={t('admin.loading')} /> : null}
      {items.length > 0 ? (
        <ul aria-label={label} aria-busy={pages.stale} className="divide-y divide-line">
          {items.map(children)}
        </ul>
      ) : null}
      {problem ? (
        <>
          <Alert>{problem}</Alert>
          <Button className="self-start" onClick={pages.reload}>
            {t('common.retry')}
          </Button>
        </>
      ) : null}
      {!pages.stale && !problem && items.length === 0 ? (
        <p role="status" className="py-4 text-soft">
          {empty}
        </p>
      ) : null}
      {pages.hasMore ? <More onMore={pages.more} /> : null}
    </div>
  );
}

function More({ onMore }: { onMore: () => Promise<void> }) {
  const t = useTranslations('admin');
  const [busy, setBusy] = useState(false);
  const more = async (): Promise<void> => {
    setBusy(true);
    await onMore();
    setBusy(false);
  };
  return (
    <Button className="self-start" aria-disabled={busy} onClick={() => (busy ? undefined : void more())}>
      {t('more')}
    </Button>
  );
}

function Rows({ label }: { label: string }) {
  return (
    <div role="status" aria-busy="true" className="flex flex-col">
      <span className="sr-only">{label}</span>
      {[0, 1, 2, 3].map((row) => (
        <div key={row} className="flex min-h-16 items-center gap-3">
          <Skeleton className="size-9 rounded-full" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className="h-4 w-40" />
            <Skeleton className="h-3 w-28" />
          </div>
        </div>
      ))}
    </div>
  );
}
