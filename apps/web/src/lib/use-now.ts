import { useSyncExternalStore } from 'react';

const MINUTE = 60_000;
const listeners = new Set<() => void>();
let minute = 0;
let timer: ReturnType<typeof setInterval> | undefined;

const look = (): void => {
  const now = Math.floor(Date.now() / MINUTE) * MINUTE;
  if (now === minute) return;
  minute = now;
  for (const listener of listeners) listener();
};

function subscribe(listener: () => void): () => void {
  look();
  listeners.add(listener);
  timer ??= setInterval(look, 10_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function snapshot(): number {
  if (minute === 0) minute = Math.floor(Date.now() / MINUTE) * MINUTE;
  return minute;
}

/** The current minute, so that "today" becomes "yesterday" on a page that stays open. */
export const useNow = (): number => useSyncExternalStore(subscribe, snapshot, () => 0);
