import type { ReactNode } from 'react';

/** An error that is said at once. Keep it mounted only while there is something to say. */
export function Alert({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className="rounded-md border border-danger/40 bg-danger-soft px-3 py-2 text-sm text-ink">
      {children}
    </p>
  );
}
