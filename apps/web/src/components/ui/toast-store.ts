import { create } from 'zustand';

export interface ToastEntry {
  id: number;
  text: string;
  tone: 'plain' | 'error';
}

interface ToastState {
  toasts: readonly ToastEntry[];
  show: (text: string, tone?: ToastEntry['tone']) => void;
  dismiss: (id: number) => void;
}

let next = 1;

export const useToasts = create<ToastState>((set) => ({
  toasts: [],
  show: (text, tone = 'plain') => set((state) => ({ toasts: [...state.toasts, { id: next++, text, tone }].slice(-3) })),
  dismiss: (id) => set((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) })),
}));

export const showToast = (text: string, tone?: ToastEntry['tone']): void => useToasts.getState().show(text, tone);
