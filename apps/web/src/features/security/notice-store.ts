import type { Notice } from '@tertulia/contract';
import { create } from 'zustand';

interface NoticeStore {
  notices: readonly Notice[];
  set: (notices: readonly Notice[]) => void;
}

/** What the account has to tell its person. Filled by watch-notices, which is no part of the first load. */
export const useNotices = create<NoticeStore>((set) => ({ notices: [], set: (notices) => set({ notices }) }));

export const useHasNews = (): boolean => useNotices((state) => state.notices.length > 0);
