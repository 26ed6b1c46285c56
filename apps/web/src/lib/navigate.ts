interface Kept {
  from?: string;
}

/**
 * Moves within the application without asking the server for a page: every address of it is the same shell. The router
 * listens to the history, so `usePathname` follows.
 */
export function navigate(path: string, { replace = false } = {}): void {
  if (path === location.pathname) return;
  const state: Kept = { from: replace ? (history.state as Kept | null)?.from : location.pathname };
  if (replace) history.replaceState(state, '', path);
  else history.pushState(state, '', path);
}

/** The list of a phone. Goes back in the history when that is where one came from, so that Back never goes forward. */
export function navigateToList(): void {
  if ((history.state as Kept | null)?.from === '/') history.back();
  else navigate('/', { replace: true });
}

const RETURN_TO = 'tertulia:return-to';

export const keepReturnPath = (path: string): void => sessionStorage.setItem(RETURN_TO, path);

export function takeReturnPath(): string | null {
  const path = sessionStorage.getItem(RETURN_TO);
  sessionStorage.removeItem(RETURN_TO);
  return path;
}
