import type { Person } from '@tertulia/contract';
import { X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../components/ui/avatar';
import { Field } from '../../components/ui/field';
import { ButtonRow, RowBody } from '../../components/ui/list-row';
import { usePeopleSearch } from '../people/use-people-search';
import { moveByArrows } from './conversation-list';

interface PickerProps {
  label: string;
  /** Not offered: already chosen, or already in. */
  without: ReadonlySet<string>;
  onPick: (person: Person) => void;
  autoFocus?: boolean;
  children?: ReactNode;
}

export function PeoplePicker({ label, without, onPick, autoFocus, children }: PickerProps) {
  const t = useTranslations();
  const [query, setQuery] = useState('');
  const { people, searching } = usePeopleSearch(query);
  const offered = people.filter((person) => !without.has(person.id));
  const pick = (person: Person): void => {
    setQuery('');
    onPick(person);
  };
  const words = searching
    ? t('list.searching')
    : query.trim() === ''
      ? t('newConversation.typeToFind')
      : offered.length === 0
        ? t('newConversation.nobody')
        : null;
  return (
    <div className="flex flex-col gap-3">
      {children}
      <Field
        label={label}
        autoFocus={autoFocus}
        autoComplete="off"
        dir="auto"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          if (offered[0]) pick(offered[0]);
        }}
      />
      <ul aria-label={t('newConversation.results')} className="-mx-2" onKeyDown={moveByArrows}>
        {offered.map((person) => (
          <li key={person.id}>
            <ButtonRow onClick={() => pick(person)}>
              <RowBody
                avatar={<Avatar id={person.id} name={person.name} />}
                title={<bdi>{person.name}</bdi>}
                below={null}
              />
            </ButtonRow>
          </li>
        ))}
      </ul>
      <p role="status" className="text-sm text-soft">
        {words}
      </p>
    </div>
  );
}

/** The people chosen so far; each can be taken out again. */
export function PeopleChips({ people, onRemove }: { people: readonly Person[]; onRemove: (id: string) => void }) {
  const t = useTranslations('newConversation');
  if (people.length === 0) return null;
  return (
    <ul aria-label={t('chosen')} className="flex flex-wrap gap-1.5">
      {people.map((person) => (
        <li key={person.id} className="flex items-center gap-1.5 rounded-full bg-selected ps-1 text-sm">
          <Avatar id={person.id} name={person.name} size="sm" />
          <bdi className="max-w-40 truncate">{person.name}</bdi>
          <button
            type="button"
            aria-label={t('removePerson', { name: person.name })}
            onClick={() => onRemove(person.id)}
            className="grid size-9 place-items-center rounded-full text-soft hover:bg-hover hover:text-ink desk:size-7"
          >
            <X className="size-3.5" aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
