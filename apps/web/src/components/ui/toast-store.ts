import { create } from 'zustand';

export interface ToastEntry {
  id: number;
  text: string;
  tone: 'plain' | 'error';
  /** One that can be answered stays until it is dismissed. */
  action?: ToastAction | undefined;
}

export interface ToastAction {
  label: string;
  run: () => void;
}

interface ToastState {
  toasts: readonly ToastEntry[];
  show: (toast: Omit<ToastEntry, 'id'>) => number;
  dismiss: (id: number) => void;
}

let next = 1;

export const useToasts = create<ToastState>((set) => ({
  toasts: [],
  show: (toast) => {
    const id = next++;
    set((state) => ({ toasts: [...state.toasts, { ...toast, id }].slice(-3) }));
    return id;
  },
  dismiss: (id) => set((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) })),
}));

export function showToast(text: string, tone: ToastEntry['tone'] = 'plain', action?: ToastAction): number {
  return useToasts.getState().show({ text, tone, action });
}

export const dismissToast = (id: number): void => useToasts.getState().dismiss(id);
