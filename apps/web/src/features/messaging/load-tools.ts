const AFTER_MS = 1_500;

/** What is needed only when somebody does something must be here before the network is gone. Returns the way to stop. */
export function loadTools(): () => void {
  const timer = setTimeout(() => {
    const tools = [
      import('./edit-composer'),
      import('./failed-change'),
      import('./message-menu'),
      import('./message-sheet'),
      import('./delete-message'),
      import('../../components/ui/toaster'),
    ];
    void Promise.allSettled(tools);
  }, AFTER_MS);
  return () => clearTimeout(timer);
}
