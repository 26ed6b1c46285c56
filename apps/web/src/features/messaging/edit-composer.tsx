import { Pencil, X } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from '../../components/ui/icon-button';
import { showToast } from '../../components/ui/toast-store';
import { client } from '../../lib/client';
import { useErrorText } from '../session/use-error-text';
import { ComposerBox } from './composer-box';
import type { Subject } from './subject';
import { useTimelines } from './timeline-store';

interface EditComposerProps {
  subject: Subject;
  onDone: () => void;
  /** Somebody took all the words away. */
  onEmptied: () => void;
}

/** Other words for a message of mine. The draft of the next message waits meanwhile. */
export function EditComposer({ subject, onDone, onEmptied }: EditComposerProps) {
  const t = useTranslations('composer');
  const errorText = useErrorText();
  const [text, setText] = useState(subject.text);

  const save = (): void => {
    if (text.trim() === subject.text.trim()) onDone();
    else if (text.trim() === '') onEmptied();
    else void saveEdit(subject, text).then(onDone, (error: unknown) => showToast(errorText(error), 'error'));
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onDone();
  };
  return (
    <ComposerBox
      label={t('editLabel')}
      value={text}
      onChange={setText}
      submit={{ label: t('save'), kind: 'save', allowed: true, run: save }}
      onKey={keys}
      autoFocus
    >
      <div className="mb-1 flex items-center gap-2 border-b border-line ps-2.5 pb-1">
        <Pencil className="size-4 shrink-0 text-accent" aria-hidden="true" />
        <div className="min-w-0 flex-1">
          <p className="text-xs font-semibold text-accent-strong">{t('editing')}</p>
          <p className="truncate text-sm text-soft">
            <bdi>{subject.text}</bdi>
          </p>
        </div>
        <IconButton label={t('cancelEdit')} size="inner" className="tip-up" onClick={onDone}>
          <X className="size-4" aria-hidden="true" />
        </IconButton>
      </div>
    </ComposerBox>
  );
}

/** What was on its way when the editing began may have its place by now. */
async function saveEdit({ conversation, id, message }: Subject, text: string): Promise<void> {
  const timeline = useTimelines.getState().byConversation[conversation];
  const stored = timeline?.messages.find((each) => each.id === id);
  await client().edit(conversation, message ?? stored ?? id, text);
}
