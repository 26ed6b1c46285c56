import { useTranslations } from 'use-intl';
import { Confirm } from '../../components/ui/confirm';
import { client } from '../../lib/client';
import { useErrorText } from '../session/use-error-text';
import { deleteSoon } from './delayed-delete';
import { focusBeside } from './focus';
import { Quote } from './quote';
import type { Subject } from './subject';
import { useTimelines } from './timeline-store';

/** Asks, and deletes: what is stored in a moment, with a way back; what is on its way at once. */
export function DeleteMessage({ subject, onClose }: { subject: Subject; onClose: () => void }) {
  const t = useTranslations();
  const errorText = useErrorText();
  const confirm = async (): Promise<string | null> => {
    const { conversation, id } = subject;
    const stored = subject.message ?? storedSince(subject);
    focusBeside(id);
    if (!stored)
      return client()
        .discard(id)
        .then(() => null, errorText);
    const words = { deleted: t('messages.deletedToast'), undo: t('messages.undo'), failed: errorText };
    deleteSoon(conversation, stored, words);
    return null;
  };
  return (
    <Confirm
      title={t('messages.deleteTitle')}
      text={t('messages.deleteText')}
      action={t('common.delete')}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Quote text={subject.text} />
    </Confirm>
  );
}

/** What was on its way may have arrived while we asked. */
const storedSince = ({ conversation, id }: Subject) =>
  useTimelines.getState().byConversation[conversation]?.messages.find((message) => message.id === id);
