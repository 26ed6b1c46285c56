import type { ReactNode } from 'react';
import { SignedOut } from '../../features/session/gates';

export default function AuthLayout({ children }: { children: ReactNode }) {
  return <SignedOut waiting={<div aria-busy="true" className="pane-height bg-sunken" />}>{children}</SignedOut>;
}
