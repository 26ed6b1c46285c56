import { useLayoutEffect, useRef, useState, type FocusEvent, type KeyboardEvent, type RefObject } from 'react';
import { isStop, type Row } from './build-rows';
import { focusComposer } from './focus';
import type { MessageVirtualizer } from './use-message-virtualizer';

/** The nearest row a person can stand on, from `index` on in the given direction. */
function nextStop(rows: readonly Row[], index: number, step: 1 | -1): number {
  for (let at = index; at >= 0 && at < rows.length; at += step) if (isStop(rows[at])) return at;
  return -1;
}

/** One tab stop for the whole list: Tab enters at the last row, arrows walk, Enter leads to the row's actions, Esc to the composer. */
export function useRoving(
  rows: readonly Row[],
  list: RefObject<HTMLElement | null>,
  virtual: RefObject<MessageVirtualizer | null>,
) {
  const [active, setActive] = useState<string | null>(null);
  const moved = useRef(false);

  useLayoutEffect(() => {
    if (!moved.current || active === null) return;
    moved.current = false;
    list.current
      ?.querySelector<HTMLElement>(`[data-key="${CSS.escape(active)}"] [data-stop]`)
      ?.focus({ preventScroll: true });
  });

  const moveTo = (index: number): void => {
    const row = rows[index];
    if (!row) return;
    moved.current = true;
    setActive(row.key);
    virtual.current?.scrollToIndex(index, { align: 'auto' });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const stop = (event.target as HTMLElement).closest<HTMLElement>('[data-stop]');
    if (!stop) return;
    const at = rows.findIndex((row) => row.key === active);
    const moves: Record<string, () => number> = {
      ArrowUp: () => nextStop(rows, at - 1, -1),
      ArrowDown: () => nextStop(rows, at + 1, 1),
      Home: () => nextStop(rows, 0, 1),
      End: () => nextStop(rows, rows.length - 1, -1),
    };
    const move = moves[event.key];
    if (move) moveTo(move());
    else if (event.key === 'Escape') focusComposer();
    else if ((event.key === 'Enter' || event.key === 'ArrowRight') && event.target === stop)
      stop.querySelector<HTMLElement>('button')?.focus();
    else return;
    event.preventDefault();
  };

  const onFocus = (event: FocusEvent<HTMLElement>): void => {
    const key = event.target.closest<HTMLElement>('[data-key]')?.dataset['key'];
    if (key) setActive(key);
  };
  const onBlur = (event: FocusEvent<HTMLElement>): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) setActive(null);
  };
  const entry = active ?? rows[nextStop(rows, rows.length - 1, -1)]?.key ?? null;
  return { active, entry, handlers: { onKeyDown, onFocus, onBlur } };
}
