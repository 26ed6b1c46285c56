import { limits } from '@tertulia/contract';
import { useState, type SyntheticEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/ui/button';
import { Field } from '../../components/ui/field';
import { showToast } from '../../components/ui/toast-store';
import { client, type ConversationView } from '../../lib/client';
import { useErrorText } from '../session/use-error-text';

export function RenameGroup({ row }: { row: ConversationView }) {
  const t = useTranslations('details');
  const errorText = useErrorText();
  const [name, setName] = useState(row.name ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const unchanged = name.trim() === '' || name.trim() === row.name;

  const rename = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (unchanged) return;
    try {
      await client().renameGroup(row.id, name.trim());
      setProblem(null);
      showToast(t('renamed'));
    } catch (error) {
      setProblem(errorText(error));
    }
  };

  return (
    <form onSubmit={(event) => void rename(event)} className="flex items-end gap-2">
      <Field
        label={t('groupName')}
        dir="auto"
        autoComplete="off"
        maxLength={limits.groupName}
        value={name}
        error={problem}
        onChange={(event) => setName(event.target.value)}
        className="flex-1"
      />
      <Button type="submit" size="field" disabled={unchanged}>
        {t('rename')}
      </Button>
    </form>
  );
}
