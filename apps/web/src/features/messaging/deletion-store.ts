import { create } from 'zustand';

interface DeletionStore {
  /** Messages that are off the screen though nobody has told the server yet. */
  hidden: ReadonlySet<string>;
  hide: (id: string) => void;
  show: (id: string) => void;
}

export const useDeletions = create<DeletionStore>((set) => ({
  hidden: new Set(),
  hide: (id) => set(({ hidden }) => ({ hidden: new Set([...hidden, id]) })),
  show: (id) => set(({ hidden }) => ({ hidden: new Set([...hidden].filter((each) => each !== id)) })),
}));
