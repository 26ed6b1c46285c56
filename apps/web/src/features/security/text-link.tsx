import Link from 'next/link';
import type { ReactNode } from 'react';

export const TextLink = ({ href, children }: { href: string; children: ReactNode }) => (
  <Link href={href} className="font-semibold text-accent-strong underline underline-offset-2">
    {children}
  </Link>
);
