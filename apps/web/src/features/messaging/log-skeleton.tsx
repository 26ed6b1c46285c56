import { Skeleton } from '../../components/ui/skeleton';

const ROWS = ['w-3/5', 'w-2/5', 'w-4/5', 'w-1/3', 'w-1/2', 'w-2/3'];

export function LogSkeleton() {
  return (
    <div aria-busy="true" className="flex min-h-0 flex-1 flex-col justify-end gap-5 overflow-hidden px-5 pb-6">
      {ROWS.map((width, index) => (
        <div key={index} className="flex gap-3">
          <Skeleton className="size-9 shrink-0 rounded-full" />
          <div className="flex flex-1 flex-col gap-2 pt-1">
            <Skeleton className="h-3 w-28" />
            <Skeleton className={`h-3 ${width}`} />
          </div>
        </div>
      ))}
    </div>
  );
}
