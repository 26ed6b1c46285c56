import type { Person } from '@tertulia/contract';
import { limits } from '@tertulia/contract';
import { NotebookPen } from 'lucide-react';
import { useState, type SyntheticEvent } from 'react';
import { useTranslations } from 'use-intl';
import { Alert } from '../../components/ui/alert';
import { Button } from '../../components/ui/button';
import { Dialog } from '../../components/ui/dialog';
import { Field } from '../../components/ui/field';
import { Segmented } from '../../components/ui/segmented';
import { client } from '../../lib/client';
import { navigate } from '../../lib/navigate';
import { conversationPath } from '../../lib/routes';
import { useErrorText } from '../session/use-error-text';
import { useMe } from '../session/session-store';
import { PeopleChips, PeoplePicker } from './people-picker';
import { useStartDirect } from './use-start-direct';

export function NewConversation({ onClose }: { onClose: () => void }) {
  const t = useTranslations('newConversation');
  const [kind, setKind] = useState<'person' | 'group'>('person');
  return (
    <Dialog title={t('title')} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <Segmented
          label={t('title')}
          value={kind}
          onChange={setKind}
          options={[
            { value: 'person', text: t('personTab') },
            { value: 'group', text: t('groupTab') },
          ]}
        />
        {kind === 'person' ? <WithPerson onClose={onClose} /> : <NewGroup onClose={onClose} />}
      </div>
    </Dialog>
  );
}

function WithPerson({ onClose }: { onClose: () => void }) {
  const t = useTranslations('newConversation');
  const me = useMe();
  const startDirect = useStartDirect();
  const open = async (id: string): Promise<void> => {
    if (await startDirect(id)) onClose();
  };
  return (
    <>
      <PeoplePicker
        label={t('find')}
        without={new Set(me ? [me.id] : [])}
        onPick={(person) => void open(person.id)}
        autoFocus
      />
      {me ? (
        <Button align="start" onClick={() => void open(me.id)}>
          <NotebookPen className="size-4.5" aria-hidden="true" />
          {t('myNotes')}
        </Button>
      ) : null}
    </>
  );
}

function NewGroup({ onClose }: { onClose: () => void }) {
  const t = useTranslations('newConversation');
  const me = useMe();
  const errorText = useErrorText();
  const [name, setName] = useState('');
  const [people, setPeople] = useState<readonly Person[]>([]);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const create = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (name.trim() === '') {
      setProblem(t('groupNameMissing'));
      return;
    }
    setBusy(true);
    try {
      const row = await client().createGroup(
        name.trim(),
        people.map((person) => person.id),
      );
      onClose();
      navigate(conversationPath(row.id));
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void create(event)} className="flex flex-col gap-4">
      {problem ? <Alert>{problem}</Alert> : null}
      <Field
        label={t('groupName')}
        autoFocus
        autoComplete="off"
        dir="auto"
        maxLength={limits.groupName}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <PeoplePicker
        label={t('groupMembers')}
        without={new Set([...people.map((person) => person.id), me?.id ?? ''])}
        onPick={(person) => setPeople([...people, person])}
      >
        <PeopleChips people={people} onRemove={(id) => setPeople(people.filter((person) => person.id !== id))} />
      </PeoplePicker>
      <Button type="submit" kind="primary" disabled={busy}>
        {t('create')}
      </Button>
    </form>
  );
}
