import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../components/ui/avatar';
import { ButtonRow, RowBody } from '../../components/ui/list-row';
import { fold } from '../../lib/fold';
import { usePeopleSearch } from '../people/use-people-search';
import { useMe } from '../session/session-store';
import { moveByArrows } from './conversation-list';
import { ConversationRow } from './conversation-row';
import { useConversations } from './conversation-store';
import { useStartDirect } from './use-start-direct';
import { useTitles } from './use-title';

const SHOWN = 8;

/** Conversations by name from what is here; people by name or exact e-mail from the server. */
export function SearchResults({
  query,
  current,
  onDone,
}: {
  query: string;
  current: string | null;
  onDone: () => void;
}) {
  const t = useTranslations('list');
  const me = useMe();
  const titleOf = useTitles();
  const byId = useConversations((state) => state.byId);
  const order = useConversations((state) => state.order);
  const startDirect = useStartDirect();
  const { people, searching } = usePeopleSearch(query);
  const found = order.filter((id) => byId[id] && fold(titleOf(byId[id])).includes(fold(query.trim()))).slice(0, SHOWN);
  const talkedTo = new Set(found.map((id) => byId[id]?.peer?.id));
  const others = people.filter((person) => !talkedTo.has(person.id));
  return (
    <div
      className="min-h-0 flex-1 overflow-y-auto px-2 pb-4"
      onKeyDown={moveByArrows}
      onClick={onDone}
      aria-label={t('searchResults')}
      role="region"
      data-results
    >
      {found.length > 0 ? (
        <Section title={t('conversations')}>
          {found.map((id) => (
            <li key={id}>
              <ConversationRow id={id} current={id === current} />
            </li>
          ))}
        </Section>
      ) : null}
      {others.length > 0 ? (
        <Section title={t('people')}>
          {others.map((person) => (
            <li key={person.id}>
              <ButtonRow onClick={() => void startDirect(person.id)}>
                <RowBody
                  avatar={<Avatar id={person.id} name={person.name} size="lg" />}
                  title={<bdi className="font-medium">{person.name}</bdi>}
                  below={person.id === me?.id ? t('notesHint') : null}
                />
              </ButtonRow>
            </li>
          ))}
        </Section>
      ) : null}
      <p role="status" className="px-2 py-3 text-sm text-soft">
        {searching ? t('searching') : found.length + others.length === 0 ? t('nothingFound') : null}
      </p>
    </div>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="px-2 pt-3 pb-1 text-xs font-semibold text-faint">{title}</h2>
      <ul>{children}</ul>
    </section>
  );
}
