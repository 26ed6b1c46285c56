import type { KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl';
import { showToast } from '../../components/ui/toast-store';
import { client, type ConversationView } from '../../lib/client';
import { isNotes, useTitles } from '../conversations/use-title';
import { useErrorText } from '../session/use-error-text';
import { useMe } from '../session/session-store';
import { ComposerBox } from './composer-box';
import { focusComposer } from './focus';
import { useDraft } from './use-draft';

interface ComposerProps {
  row: ConversationView;
  onSent: () => void;
  onEditLast: () => void;
}

export function Composer({ row, onSent, onEditLast }: ComposerProps) {
  const t = useTranslations('composer');
  const errorText = useErrorText();
  const me = useMe();
  const name = useTitles()(row);
  const { text, setText } = useDraft(row.id, row.draft);

  const send = (): void => {
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
  const write = (value: string): void => {
    setText(value);
    if (value !== '') client().typing(row.id);
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowUp' || text !== '' || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey)
      return;
    event.preventDefault();
    onEditLast();
  };
  return (
    <ComposerBox
      label={t('label')}
      placeholder={isNotes(row, me?.id) ? t('placeholderNotes') : t('placeholder', { name })}
      value={text}
      onChange={write}
      submit={{ label: t('send'), kind: 'send', allowed: text.trim() !== '', run: send }}
      onKey={keys}
    />
  );
}
