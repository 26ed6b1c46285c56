import type { Change } from '@tertulia/contract';

/** How far something has followed a conversation: the last change it holds, and that change's tag. */
export interface Cursor {
  ver: number;
  tag: number;
}

/** The kinds this client understands; a newer server may know more. */
const KINDS: readonly string[] = [
  'message:created',
  'message:changed',
  'member:changed',
  'conversation:changed',
] satisfies Change['kind'][];

/** An unknown change moves the cursor and asks for the conversation anew. */
export const isUnknown = (change: Change): boolean => !KINDS.includes(change.kind);

/**
 * One thing that follows a conversation change by change: its row in the list, its open window, its copy on disk. Each
 * has its own cursor, for each was read at a moment of its own.
 */
export interface Follower {
  readonly cursor: Cursor;
  /** Called with cursor + 1 only; moves the cursor. */
  apply(change: Change): void;
  /** The changes up to this cursor are over; moves forward only. */
  skipTo(cursor: Cursor): void;
}
