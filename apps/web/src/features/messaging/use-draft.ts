import { useCallback, useEffect, useRef, useState, type SetStateAction } from 'react';
import { client } from '../../lib/client';

const PAUSE_MS = 300;

/** What is being written, kept by the client when the typing pauses, when the conversation is left and when the page goes. */
export function useDraft(conversation: string, kept: string) {
  const [text, setText] = useState(kept);
  const latest = useRef(kept);
  const dirty = useRef(false);

  const keep = useCallback(() => {
    if (!dirty.current) return;
    dirty.current = false;
    client().setDraft(conversation, latest.current);
  }, [conversation]);

  const change = useCallback((next: SetStateAction<string>) => {
    dirty.current = true;
    setText((held) => (latest.current = typeof next === 'function' ? next(held) : next));
  }, []);

  useEffect(() => {
    const timer = setTimeout(keep, text === '' ? 0 : PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, keep]);
  useEffect(() => {
    addEventListener('pagehide', keep);
    return () => {
      removeEventListener('pagehide', keep);
      keep();
    };
  }, [keep]);
  return { text, setText: change };
}
