import type { ConversationView } from '../../lib/client';

type Counted = Pick<ConversationView, 'kind' | 'unread'>;

/** Every unread direct message counts, and every group with something unread counts as one. */
export const titleCount = (rows: readonly Counted[]): number =>
  rows.reduce((sum, row) => sum + (row.unread === 0 ? 0 : row.kind === 'direct' ? row.unread : 1), 0);

export const pageTitle = (name: string, count: number): string =>
  count > 0 ? `(${count > 99 ? '99+' : count}) ${name}` : name;
