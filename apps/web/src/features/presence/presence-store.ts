import type { PresenceState } from '@tertulia/contract';
import { create } from 'zustand';

interface PresenceStore {
  states: Readonly<Record<string, PresenceState>>;
  /** By conversation; nobody where it has no entry. */
  typing: Readonly<Record<string, readonly string[]>>;
  setStates: (states: Readonly<Record<string, PresenceState>>) => void;
  setTyping: (conversation: string, users: readonly string[]) => void;
  clear: () => void;
}

const NOBODY: readonly string[] = [];

export const usePresence = create<PresenceStore>((set) => ({
  states: {},
  typing: {},
  setStates: (states) => set({ states }),
  setTyping: (conversation, users) =>
    set(({ typing: { [conversation]: _before, ...others } }) => ({
      typing: users.length === 0 ? others : { ...others, [conversation]: users },
    })),
  clear: () => set({ states: {}, typing: {} }),
}));

export const useOnline = (user: string | null): boolean =>
  usePresence((state) => user !== null && state.states[user] === 'online');

export const useTyping = (conversation: string): readonly string[] =>
  usePresence((state) => state.typing[conversation] ?? NOBODY);
