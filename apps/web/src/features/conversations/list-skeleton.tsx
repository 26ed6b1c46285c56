import { Skeleton } from '../../components/ui/skeleton';

const WIDTHS = ['w-28', 'w-36', 'w-24', 'w-32', 'w-28', 'w-40', 'w-24'];

export function ListSkeleton() {
  return (
    <div aria-busy="true" className="flex-1 overflow-hidden px-2">
      {WIDTHS.map((width, index) => (
        <div key={index} className="grid h-15 grid-cols-[2.75rem_1fr] items-center gap-x-3 p-2">
          <Skeleton className="size-11 rounded-full" />
          <div className="flex flex-col gap-2">
            <Skeleton className={`h-3 ${width}`} />
            <Skeleton className="h-2.5 w-4/5" />
          </div>
        </div>
      ))}
    </div>
  );
}
