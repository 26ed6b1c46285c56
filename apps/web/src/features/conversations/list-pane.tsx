'use client';
import { Search, Settings2, SquarePen, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslations } from 'use-intl';
import { AppMark } from '../../components/ui/app-mark';
import { IconButton } from '../../components/ui/icon-button';
import { navigate } from '../../lib/navigate';
import { useHasNews } from '../security/notice-store';
import { ConversationList } from './conversation-list';

const SearchResults = dynamic(() => import('./search-results').then((file) => file.SearchResults), { ssr: false });
const NewConversation = dynamic(() => import('./new-conversation').then((file) => file.NewConversation), {
  ssr: false,
});

export function ListPane({ current }: { current: string | null }) {
  const [query, setQuery] = useState('');
  const [creating, setCreating] = useState(false);
  const searching = query.trim() !== '';
  return (
    <>
      <ListHeader onNew={() => setCreating(true)} />
      <SearchField value={query} onChange={setQuery} />
      {searching ? (
        <SearchResults query={query} current={current} onDone={() => setQuery('')} />
      ) : (
        <ConversationList current={current} onNew={() => setCreating(true)} />
      )}
      {creating ? <NewConversation onClose={() => setCreating(false)} /> : null}
    </>
  );
}

function ListHeader({ onNew }: { onNew: () => void }) {
  const t = useTranslations();
  const news = useHasNews();
  return (
    <header className="flex items-center gap-1 ps-4 pe-2 pt-3 pb-2">
      <AppMark className="me-2 size-9" />
      <span className="flex-1 text-lg font-[650] tracking-tight">{t('app.name')}</span>
      <IconButton label={t('list.newConversation')} onClick={onNew}>
        <SquarePen className="size-5" aria-hidden="true" />
      </IconButton>
      <IconButton label={t(news ? 'list.settingsNews' : 'list.settings')} onClick={() => navigate('/settings')}>
        <Settings2 className="size-5" aria-hidden="true" />
        {news ? <span className="absolute end-1.5 top-1.5 size-2.5 rounded-full bg-accent" /> : null}
      </IconButton>
    </header>
  );
}

function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useTranslations();
  const input = useRef<HTMLInputElement>(null);
  const keys = (event: KeyboardEvent): void => {
    const first = document.querySelector<HTMLElement>('[data-results] a, [data-results] button');
    if (event.key === 'Escape') onChange('');
    else if (event.nativeEvent.isComposing) return;
    else if (event.key === 'ArrowDown') first?.focus();
    else if (event.key === 'Enter') first?.click();
    else return;
    event.preventDefault();
  };
  return (
    <div className="relative mx-4 mb-3" role="search">
      <Search
        className="pointer-events-none absolute start-3 top-1/2 size-4 -translate-y-1/2 text-faint"
        aria-hidden="true"
      />
      <input
        ref={input}
        type="text"
        enterKeyHint="search"
        autoComplete="off"
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={keys}
        className="h-11 w-full rounded-md border border-line bg-raised ps-9 pe-9 text-sm text-ellipsis shadow-low outline-none placeholder:text-faint focus-visible:border-accent focus-visible:ring-3 focus-visible:ring-accent/25 desk:h-9.5"
      />
      {value ? (
        <span className="absolute inset-y-0 end-0.5 flex items-center">
          <IconButton
            label={t('common.clear')}
            size="inner"
            onClick={() => {
              onChange('');
              input.current?.focus();
            }}
          >
            <X className="size-4" aria-hidden="true" />
          </IconButton>
        </span>
      ) : null}
    </div>
  );
}
