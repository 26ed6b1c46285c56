import type { SystemEvent } from '@tertulia/contract';

/** What a system message tells, as stored: internal ids instead of public ones. */
export type StoredSystemEvent = Omit<SystemEvent, 'actor' | 'people'> & { actor: number; people?: number[] };

export function toSystemEvent(stored: StoredSystemEvent, publicId: (userId: number) => string): SystemEvent {
  const { actor, people, ...rest } = stored;
  return { ...rest, actor: publicId(actor), ...(people && { people: people.map(publicId) }) };
}
