import { useTranslations } from 'use-intl';
import { usePeople } from '../people/people-store';
import { useTyping } from './presence-store';

/** Says who is typing. Always as high, so that nothing moves; not read out, for it changes with every pause. */
export function TypingLine({ conversation }: { conversation: string }) {
  const t = useTranslations();
  const users = useTyping(conversation);
  const people = usePeople((state) => state.byId);
  const [first = '', second = '', third = ''] = users.map((user) => people[user]?.name ?? t('common.someone'));
  return (
    <p className="flex h-5.5 shrink-0 items-center gap-1.5 px-4 text-xs text-soft desk:px-6" data-typing>
      {users.length > 0 ? (
        <>
          <Dots />
          <span className="min-w-0 animate-appear truncate">
            {t('presence.typing', { count: users.length, first, second, third })}
          </span>
        </>
      ) : null}
    </p>
  );
}

function Dots() {
  return (
    <span className="flex animate-breathe gap-0.75" aria-hidden="true">
      {[0, 1, 2].map((dot) => (
        <span key={dot} className="size-1.25 rounded-full bg-faint" />
      ))}
    </span>
  );
}
