/** What an address of the application shows. */
export type Route =
  | { page: 'list' }
  | { page: 'conversation'; conversation: string; seq: number | null }
  | { page: 'settings' | 'security' | 'admin' };

const CONVERSATION = /^\/c\/([A-Za-z0-9_-]+)(?:\/m\/(\d{1,10}))?\/?$/;

export function parseRoute(pathname: string): Route {
  if (/^\/settings\/?$/.test(pathname)) return { page: 'settings' };
  if (/^\/admin\/?$/.test(pathname)) return { page: 'admin' };
  if (/^\/settings\/security\/?$/.test(pathname)) return { page: 'security' };
  const match = CONVERSATION.exec(pathname);
  if (!match?.[1]) return { page: 'list' };
  return { page: 'conversation', conversation: match[1], seq: match[2] ? Number(match[2]) : null };
}

export const conversationPath = (conversation: string): string => `/c/${conversation}`;
export const messagePath = (conversation: string, seq: number): string => `/c/${conversation}/m/${seq}`;
