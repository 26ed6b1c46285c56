import type { Member, Person } from '@tertulia/contract';
import { Ellipsis, UserMinus } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../components/ui/avatar';
import { Confirm } from '../../components/ui/confirm';
import { IconButton } from '../../components/ui/icon-button';
import { Menu, MenuItem } from '../../components/ui/menu';
import { Skeleton } from '../../components/ui/skeleton';
import { client } from '../../lib/client';
import { usePeople } from '../people/people-store';
import { OnlineDot } from '../presence/online-dot';
import { useErrorText } from '../session/use-error-text';
import { useMe } from '../session/session-store';

export function MemberList({ conversation, manages }: { conversation: string; manages: boolean }) {
  const t = useTranslations('details');
  const errorText = useErrorText();
  const members = usePeople((state) => state.members[conversation]);
  const [removing, setRemoving] = useState<Person | null>(null);
  const remove = (person: Person): Promise<string | null> =>
    client()
      .removeMember(conversation, person.id)
      .then(() => null, errorText);
  return (
    <section aria-label={t('members')}>
      <h3 className="pb-1 text-xs font-semibold text-faint">{t('members')}</h3>
      {members ? null : <Skeleton className="h-9" />}
      <ul>
        {(members ?? [])
          .filter((member) => !member.left)
          .map((member) => (
            <MemberRow
              key={member.person.id}
              member={member}
              onRemove={manages ? () => setRemoving(member.person) : null}
            />
          ))}
      </ul>
      {removing ? (
        <Confirm
          title={t('removeTitle', { name: removing.name })}
          text={t('removeText', { name: removing.name })}
          action={t('removeConfirm')}
          onConfirm={() => remove(removing)}
          onClose={() => setRemoving(null)}
        />
      ) : null}
    </section>
  );
}

function MemberRow({ member: { person, role }, onRemove }: { member: Member; onRemove: (() => void) | null }) {
  const t = useTranslations('details');
  const mine = useMe()?.id === person.id;
  return (
    <li className="flex min-h-12 items-center gap-3">
      <OnlineDot user={mine ? null : person.id} on="raised">
        <Avatar id={person.id} name={person.name} />
      </OnlineDot>
      <span className="min-w-0 flex-1 truncate">
        <bdi>{person.name}</bdi>
        {mine ? <span className="text-soft"> ({t('you')})</span> : null}
      </span>
      {role === 'owner' ? <span className="text-xs text-faint">{t('owner')}</span> : null}
      {onRemove && !mine ? (
        <Menu
          trigger={
            <IconButton label={t('memberActions', { name: person.name })}>
              <Ellipsis className="size-5" aria-hidden="true" />
            </IconButton>
          }
        >
          <MenuItem danger onSelect={onRemove}>
            <UserMinus className="size-4" aria-hidden="true" />
            {t('remove')}
          </MenuItem>
        </Menu>
      ) : null}
    </li>
  );
}
