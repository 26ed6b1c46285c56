import { useEffect, useLayoutEffect, useRef, useState, type CompositionEvent, type KeyboardEvent } from 'react';
import { COMPOSER_ID } from './focus';

interface GrowingTextProps {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
  onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  onCompositionEnd: (event: CompositionEvent<HTMLTextAreaElement>) => void;
  invalid: boolean;
  /** Behind the last word. */
  autoFocus?: boolean;
}

/** Grows with what is written, up to two fifths of the screen. */
export function GrowingText({ label, value, onChange, invalid, autoFocus = false, ...rest }: GrowingTextProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [tall, setTall] = useState(0);
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight}px`;
  }, [value, tall]);
  useEffect(() => {
    const again = (): void => setTall(innerWidth);
    addEventListener('resize', again);
    return () => removeEventListener('resize', again);
  }, []);
  useEffect(() => {
    const element = area.current;
    if (!autoFocus || !element) return;
    element.focus();
    element.setSelectionRange(element.value.length, element.value.length);
  }, [autoFocus]);
  return (
    <textarea
      ref={area}
      id={COMPOSER_ID}
      rows={1}
      dir="auto"
      aria-label={label}
      aria-invalid={invalid || undefined}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      className="max-h-[40dvh] min-h-11 flex-1 resize-none bg-transparent px-2.5 py-2.75 text-md text-ink outline-none placeholder:text-faint desk:min-h-9.5 desk:py-2"
      {...rest}
    />
  );
}
