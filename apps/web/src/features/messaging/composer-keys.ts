export interface Keystroke {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** An input method is still composing: its Enter chooses a word. */
  isComposing: boolean;
}

/** Whether this key sends. On a touch screen Enter is always a new line. */
export function sends(stroke: Keystroke, sendWith: 'enter' | 'ctrl-enter', touch: boolean): boolean {
  if (stroke.key !== 'Enter' || stroke.isComposing) return false;
  if (stroke.shiftKey || stroke.altKey) return false;
  if (stroke.ctrlKey || stroke.metaKey) return true;
  return sendWith === 'enter' && !touch;
}
