import type { Place } from './entry.js';

/** What one tab tells the others about the shared queue. */
export type OutboxHint =
  { type: 'changed' } | { type: 'sent'; id: string; place: Place } | { type: 'discarded'; id: string };
