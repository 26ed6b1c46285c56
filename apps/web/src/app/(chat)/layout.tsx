import type { ReactNode } from 'react';
import { SignedIn } from '../../features/session/gates';
import { ChatShell } from '../../features/shell/chat-shell';
import { ShellSkeleton } from '../../features/shell/shell-skeleton';

/** One shell for the list, a conversation and the settings: the address says which, no page is fetched to go between them. */
export default function ChatLayout({ children }: { children: ReactNode }) {
  return (
    <SignedIn waiting={<ShellSkeleton />}>
      <ChatShell />
      {children}
    </SignedIn>
  );
}
