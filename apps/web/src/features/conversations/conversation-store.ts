import { create } from 'zustand';
import type { ConversationView } from '../../lib/client';

interface ConversationStore {
  byId: Readonly<Record<string, ConversationView>>;
  order: readonly string[];
  status: 'loading' | 'ready';
  hasMore: boolean;
  setRows: (rows: readonly ConversationView[], status: 'loading' | 'ready', hasMore: boolean) => void;
  clear: () => void;
}

/** A row keeps its object while nothing in it changed: one message then redraws one row. */
function keepEqual(held: ConversationView | undefined, row: ConversationView): ConversationView {
  if (!held || held === row) return row;
  return JSON.stringify(held) === JSON.stringify(row) ? held : row;
}

export const useConversations = create<ConversationStore>((set) => ({
  byId: {},
  order: [],
  status: 'loading',
  hasMore: false,
  setRows: (rows, status, hasMore) =>
    set((state) => {
      const order = rows.map((row) => row.id);
      const sameOrder = order.length === state.order.length && order.every((id, index) => id === state.order[index]);
      return {
        byId: Object.fromEntries(rows.map((row) => [row.id, keepEqual(state.byId[row.id], row)])),
        order: sameOrder ? state.order : order,
        status,
        hasMore,
      };
    }),
  clear: () => set({ byId: {}, order: [], status: 'loading', hasMore: false }),
}));

export const useConversation = (id: string): ConversationView | undefined =>
  useConversations((state) => state.byId[id]);
