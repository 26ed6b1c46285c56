import { ArrowUp } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState, type CompositionEvent, type KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl';
import { showToast } from '../../components/ui/toast-store';
import { client, type ConversationView } from '../../lib/client';
import { isTouch } from '../../lib/use-media';
import { isNotes, useTitles } from '../conversations/use-title';
import { useErrorText } from '../session/use-error-text';
import { useMe } from '../session/session-store';
import { usePreferences } from '../settings/preferences-store';
import { sends } from './composer-keys';
import { COMPOSER_ID, focusComposer } from './focus';
import { bytesLeft } from './message-size';
import { useDraft } from './use-draft';

/** Some browsers end the composition just before the Enter that ended it, which must not send either. */
const COMPOSED_MS = 100;

export function Composer({ row, onSent }: { row: ConversationView; onSent: () => void }) {
  const t = useTranslations('composer');
  const errorText = useErrorText();
  const me = useMe();
  const name = useTitles()(row);
  const sendWith = usePreferences((state) => state.sendWith);
  const { text, setText } = useDraft(row.id, row.draft);
  const composedAt = useRef(-Infinity);
  const left = bytesLeft(text);
  const tooLong = left !== null && left < 0;
  const empty = text.trim() === '';

  const send = (): void => {
    if (empty || tooLong) return;
    setText('');
    onSent();
    client()
      .send(row.id, text)
      .catch((error: unknown) => {
        setText((since) => (since ? `${text}\n${since}` : text));
        showToast(errorText(error), 'error');
      });
    focusComposer();
  };
  const keys = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    const isComposing = event.nativeEvent.isComposing || event.timeStamp - composedAt.current < COMPOSED_MS;
    if (!sends({ key, shiftKey, ctrlKey, metaKey, altKey, isComposing }, sendWith, isTouch())) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      data-region="textarea"
      className="shrink-0 px-3 pt-1 pb-[max(0.75rem,env(safe-area-inset-bottom))] desk:px-5 desk:pb-4"
    >
      <SizeNote left={left} />
      <div className="flex items-end gap-1 rounded-lg border border-field-line bg-raised p-1.5 shadow-low transition-shadow focus-within:border-accent focus-within:ring-3 focus-within:ring-accent/22">
        <Input
          label={t('label')}
          placeholder={isNotes(row, me?.id) ? t('placeholderNotes') : t('placeholder', { name })}
          value={text}
          onChange={(value) => {
            setText(value);
            if (value !== '') client().typing(row.id);
          }}
          onKeyDown={keys}
          onCompositionEnd={(event) => (composedAt.current = event.timeStamp)}
          invalid={tooLong}
        />
        <button
          type="submit"
          aria-label={t('send')}
          aria-disabled={empty || tooLong}
          onPointerDown={(event) => event.preventDefault()}
          className="grid size-11 shrink-0 place-items-center rounded-md bg-accent text-on-accent transition-[background-color,opacity] hover:bg-accent-strong aria-disabled:opacity-45 aria-disabled:hover:bg-accent desk:size-9.5"
        >
          <ArrowUp className="size-5" strokeWidth={2.25} aria-hidden="true" />
        </button>
      </div>
    </form>
  );
}

function SizeNote({ left }: { left: number | null }) {
  const t = useTranslations('composer');
  const note = left === null ? '' : left < 0 ? t('tooLong', { count: -left }) : t('bytesLeft', { count: left });
  return (
    <p
      role="status"
      className={
        left !== null && left < 0 ? 'px-1 pb-1 text-sm text-danger' : 'px-1 text-end text-xs text-faint tabular-nums'
      }
    >
      {note}
    </p>
  );
}

interface InputProps {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  onCompositionEnd: (event: CompositionEvent<HTMLTextAreaElement>) => void;
  invalid: boolean;
}

/** Grows with what is written, up to two fifths of the screen. */
function Input({ label, placeholder, value, onChange, onKeyDown, onCompositionEnd, invalid }: InputProps) {
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
  return (
    <textarea
      ref={area}
      id={COMPOSER_ID}
      rows={1}
      dir="auto"
      aria-label={label}
      aria-invalid={invalid || undefined}
      placeholder={placeholder}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={onKeyDown}
      onCompositionEnd={onCompositionEnd}
      className="max-h-[40dvh] min-h-11 flex-1 resize-none bg-transparent px-2.5 py-2.75 text-md text-ink outline-none placeholder:text-faint desk:min-h-9.5 desk:py-2"
    />
  );
}
