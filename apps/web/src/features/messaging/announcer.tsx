import type { Message } from '@tertulia/contract';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { usePeople } from '../people/people-store';
import { onIncoming } from './incoming';

const BATCH_MS = 700;
const LONGEST = 140;

/** The one live region: new words of others in the open conversation, together when they come together. */
export function Announcer({ conversation }: { conversation: string }) {
  const t = useTranslations('messages');
  const [text, setText] = useState('');
  const waiting = useRef<Message[]>([]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const say = (): void => {
      const batch = waiting.current.splice(0);
      const [only] = batch;
      if (!only) return;
      const author = (only.sender && usePeople.getState().byId[only.sender]?.name) ?? '';
      setText(
        batch.length === 1
          ? t('announceOne', { author, text: only.body.slice(0, LONGEST) })
          : t('announceMany', { count: batch.length }),
      );
    };
    const stop = onIncoming((id, messages) => {
      if (id !== conversation) return;
      waiting.current.push(...messages.filter((message) => !message.system));
      clearTimeout(timer);
      timer = setTimeout(say, BATCH_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [conversation, t]);

  return (
    <div aria-live="polite" className="sr-only" data-announcer>
      {text}
    </div>
  );
}
