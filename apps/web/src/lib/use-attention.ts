import { useSyncExternalStore } from 'react';

const EVENTS = ['focus', 'blur'] as const;

function subscribe(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed);
  for (const event of EVENTS) addEventListener(event, changed);
  return () => {
    document.removeEventListener('visibilitychange', changed);
    for (const event of EVENTS) removeEventListener(event, changed);
  };
}

/** Somebody can be looking at this page: it is visible and its window has the focus. */
export const hasAttention = (): boolean => document.visibilityState === 'visible' && document.hasFocus();

export const useAttention = (): boolean => useSyncExternalStore(subscribe, hasAttention, () => false);
