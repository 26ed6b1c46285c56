import { ArrowUp, Check } from 'lucide-react';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { isTouch } from '../../lib/use-media';
import { usePreferences } from '../settings/preferences-store';
import { sends } from './composer-keys';
import { GrowingText } from './growing-text';
import { bytesLeft } from './message-size';

/** Some browsers end the composition just before the Enter that ended it, which must not send either. */
const COMPOSED_MS = 100;

interface ComposerBoxProps {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
  /** What Enter and the button do. */
  submit: { label: string; kind: 'send' | 'save'; allowed: boolean; run: () => void };
  /** Keys other than those; an input method is not composing. */
  onKey: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  autoFocus?: boolean;
  /** Above the text. */
  children?: ReactNode;
}

/** Where words are written: those of a new message, and new ones for an old message. */
export function ComposerBox({ submit, onKey, children, ...text }: ComposerBoxProps) {
  const sendWith = usePreferences((state) => state.sendWith);
  const composedAt = useRef(-Infinity);
  const left = bytesLeft(text.value);
  const tooLong = left !== null && left < 0;
  const ready = submit.allowed && !tooLong;
  const run = (): void => {
    if (ready) submit.run();
  };
  const keys = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    const isComposing = event.nativeEvent.isComposing || event.timeStamp - composedAt.current < COMPOSED_MS;
    if (sends({ key, shiftKey, ctrlKey, metaKey, altKey, isComposing }, sendWith, isTouch())) {
      event.preventDefault();
      run();
    } else if (!isComposing) onKey(event);
  };
  const Icon = submit.kind === 'send' ? ArrowUp : Check;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        run();
      }}
      data-region="textarea"
      className="shrink-0 px-3 pt-1 pb-[max(0.75rem,env(safe-area-inset-bottom))] desk:px-5 desk:pb-4"
    >
      <SizeNote left={left} />
      <div className="rounded-lg border border-field-line bg-raised p-1.5 shadow-low transition-shadow focus-within:border-accent focus-within:ring-3 focus-within:ring-accent/22">
        {children}
        <div className="flex items-end gap-1">
          <GrowingText
            {...text}
            onKeyDown={keys}
            onCompositionEnd={(event) => (composedAt.current = event.timeStamp)}
            invalid={tooLong}
          />
          <button
            type="submit"
            aria-label={submit.label}
            aria-disabled={!ready}
            onPointerDown={(event) => event.preventDefault()}
            className="grid size-11 shrink-0 place-items-center rounded-md bg-accent text-on-accent transition-[background-color,opacity] hover:bg-accent-strong aria-disabled:opacity-45 aria-disabled:hover:bg-accent desk:size-9.5"
          >
            <Icon className="size-5" strokeWidth={2.25} aria-hidden="true" />
          </button>
        </div>
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
