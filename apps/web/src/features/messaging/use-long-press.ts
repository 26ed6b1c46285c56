import { useEffect, useRef, type MouseEvent, type PointerEvent, type TouchEvent } from 'react';

const HOLD_MS = 450;
const SLOP_PX = 10;

interface Press {
  x: number;
  y: number;
  held: boolean;
  timer: ReturnType<typeof setTimeout>;
}

/** Links and buttons have a long press of their own. */
function keyUnder(target: EventTarget): string | undefined {
  const element = target as HTMLElement;
  if (element.closest('a, button')) return undefined;
  return element.closest<HTMLElement>('[data-key]')?.dataset['key'];
}

/** A finger that rests on a row. One that moves scrolls, and a scroll takes the pointer away from us by itself. */
export function useLongPress(onHeld: (key: string) => void) {
  const press = useRef<Press | null>(null);
  const end = (): void => {
    clearTimeout(press.current?.timer);
    press.current = null;
  };
  useEffect(() => end, []);

  const onPointerDown = (event: PointerEvent): void => {
    end();
    const key = keyUnder(event.target);
    if (event.pointerType !== 'touch' || !event.isPrimary || key === undefined) return;
    const hold = (): void => {
      if (press.current) press.current.held = true;
      onHeld(key);
    };
    press.current = { x: event.clientX, y: event.clientY, held: false, timer: setTimeout(hold, HOLD_MS) };
  };
  const onPointerMove = ({ clientX, clientY }: PointerEvent): void => {
    const from = press.current;
    if (from && Math.hypot(clientX - from.x, clientY - from.y) > SLOP_PX) end();
  };
  // The browser's own menu for a held finger would lie over ours.
  const onContextMenu = (event: MouseEvent): void => {
    if (press.current) event.preventDefault();
  };
  // Lifted over what came up meanwhile, the finger must not press it. This event comes last.
  const onTouchEnd = (event: TouchEvent): void => {
    if (press.current?.held) event.preventDefault();
    end();
  };
  return { onPointerDown, onPointerMove, onPointerCancel: end, onTouchEnd, onTouchCancel: end, onContextMenu };
}
