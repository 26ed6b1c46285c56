import { cn } from '../../lib/cn';

/** The sign of the application: a table's worth of talk with a T in it. */
export function AppMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 64 64" aria-hidden="true" className={cn('shrink-0', className)}>
      <rect width="64" height="64" rx="18" className="fill-accent" />
      <path
        d="M15 19.5A5.5 5.5 0 0 1 20.5 14h23a5.5 5.5 0 0 1 5.5 5.500v17a5.500 5.500 0 0 1-5.500 5.500H31l-9.200 8.100c-1.100 1-2.800.2-2.800-1.300V42a4.500 4.500 0 0 1-4-4.500z"
        className="fill-on-accent"
      />
      <path d="M24 25h16M32 25v11.500" strokeWidth="4.5" strokeLinecap="round" fill="none" className="stroke-accent" />
    </svg>
  );
}
