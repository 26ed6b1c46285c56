import type { Person } from '@tertulia/contract';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Alert } from '../../components/ui/alert';
import { Button } from '../../components/ui/button';
import { client } from '../../lib/client';
import { usePeople } from '../people/people-store';
import { useErrorText } from '../session/use-error-text';
import { PeopleChips, PeoplePicker } from './people-picker';

export function AddMembers({ conversation }: { conversation: string }) {
  const t = useTranslations('details');
  const [open, setOpen] = useState(false);
  if (open) return <Adding conversation={conversation} onDone={() => setOpen(false)} />;
  return (
    <Button onClick={() => setOpen(true)}>
      <UserPlus className="size-4.5" aria-hidden="true" />
      {t('addPeople')}
    </Button>
  );
}

function Adding({ conversation, onDone }: { conversation: string; onDone: () => void }) {
  const t = useTranslations();
  const errorText = useErrorText();
  const members = usePeople((state) => state.members[conversation]);
  const [people, setPeople] = useState<readonly Person[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const present = (members ?? []).filter((member) => !member.left).map((member) => member.person.id);

  const add = async (): Promise<void> => {
    try {
      await client().addMembers(
        conversation,
        people.map((person) => person.id),
      );
      onDone();
    } catch (error) {
      setProblem(errorText(error));
    }
  };

  return (
    <div className="flex flex-col gap-3">
      {problem ? <Alert>{problem}</Alert> : null}
      <PeoplePicker
        label={t('details.addPeople')}
        without={new Set([...present, ...people.map((person) => person.id)])}
        onPick={(person) => setPeople([...people, person])}
        autoFocus
      >
        <PeopleChips people={people} onRemove={(id) => setPeople(people.filter((person) => person.id !== id))} />
      </PeoplePicker>
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>{t('common.cancel')}</Button>
        <Button kind="primary" disabled={people.length === 0} onClick={() => void add()}>
          {t('details.add')}
        </Button>
      </div>
    </div>
  );
}
