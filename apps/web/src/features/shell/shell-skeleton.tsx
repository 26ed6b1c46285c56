import { Skeleton } from '../../components/ui/skeleton';
import { ListSkeleton } from '../conversations/list-skeleton';

/** What the exported page shows until the session is known. No words: the language is not known either. */
export function ShellSkeleton() {
  return (
    <div
      aria-busy="true"
      className="pane-height grid grid-cols-1 grid-rows-[minmax(0,1fr)] desk:grid-cols-[var(--pane-list)_minmax(0,1fr)]"
    >
      <div className="flex min-h-0 flex-col gap-3 bg-sunken desk:border-e desk:border-line">
        <div className="flex items-center gap-3 px-4 pt-3">
          <Skeleton className="size-9 rounded-md" />
          <Skeleton className="h-4 w-28" />
        </div>
        <Skeleton className="mx-4 h-9.5 rounded-md" />
        <ListSkeleton />
      </div>
      <div className="max-desk:hidden" />
    </div>
  );
}
