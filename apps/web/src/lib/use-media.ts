import { useSyncExternalStore } from 'react';

/** False while the page is still the exported one. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
    () => false,
  );
}

export const useTouch = (): boolean => useMedia('(pointer: coarse)');
export const isTouch = (): boolean => matchMedia('(pointer: coarse)').matches;
export const reducedMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
