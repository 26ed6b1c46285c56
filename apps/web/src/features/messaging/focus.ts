export const COMPOSER_ID = 'composer';

export const focusComposer = (): void => document.getElementById(COMPOSER_ID)?.focus();

/** To the row after the one that is about to go, else the one before, else the composer; once the question is closed. */
export function focusBeside(key: string): void {
  const stops = [...document.querySelectorAll<HTMLElement>('[role="log"] [data-stop]')];
  const at = stops.findIndex((stop) => stop.closest<HTMLElement>('[data-key]')?.dataset['key'] === key);
  const next = stops[at + 1] ?? stops[at - 1];
  requestAnimationFrame(() => {
    if (next?.isConnected) next.focus();
    else focusComposer();
  });
}
