import { create } from 'zustand';
import type { Timeline } from '../../lib/client';

interface TimelineStore {
  byConversation: Readonly<Record<string, Timeline>>;
  setTimeline: (timeline: Timeline) => void;
  clear: () => void;
}

export const useTimelines = create<TimelineStore>((set) => ({
  byConversation: {},
  setTimeline: (timeline) =>
    set((state) => ({ byConversation: { ...state.byConversation, [timeline.conversation]: timeline } })),
  clear: () => set({ byConversation: {} }),
}));

export const useTimeline = (conversation: string): Timeline | undefined =>
  useTimelines((state) => state.byConversation[conversation]);
