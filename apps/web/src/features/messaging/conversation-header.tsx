import { ChevronLeft, PanelRight } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Avatar } from '../../components/ui/avatar';
import { IconButton } from '../../components/ui/icon-button';
import { Skeleton } from '../../components/ui/skeleton';
import type { ConversationView } from '../../lib/client';
import { navigateToList } from '../../lib/navigate';
import { isTouch } from '../../lib/use-media';
import { avatarOf, usePeer, useSubtitles, useTitles } from '../conversations/use-title';
import { OnlineDot } from '../presence/online-dot';

const Details = dynamic(() => import('../conversations/details').then((file) => file.Details), { ssr: false });

/** Without a row yet, a grey line stands for the name; `null` is a conversation that is not there. */
export function ConversationHeader({ row }: { row: ConversationView | undefined | null }) {
  const t = useTranslations('conversation');
  const [details, setDetails] = useState(false);
  return (
    <header className="flex min-h-15 shrink-0 items-center gap-1 border-b border-line px-1 desk:gap-3 desk:ps-5 desk:pe-3">
      <IconButton label={t('backToList')} onClick={navigateToList} className="tip-start desk:hidden">
        <ChevronLeft className="size-6 rtl:rotate-180" aria-hidden="true" />
      </IconButton>
      {row ? <Name row={row} /> : row === undefined ? <Skeleton className="h-4 w-40" /> : null}
      <span className="flex-1" />
      {row ? (
        <IconButton label={t('details')} onClick={() => setDetails(true)}>
          <PanelRight className="size-5" aria-hidden="true" />
        </IconButton>
      ) : null}
      {row && details ? <Details row={row} onClose={() => setDetails(false)} /> : null}
    </header>
  );
}

function Name({ row }: { row: ConversationView }) {
  const title = useTitles()(row);
  const subtitle = useSubtitles()(row);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (isTouch()) heading.current?.focus();
  }, []);
  return (
    <div className="flex min-w-0 items-center gap-3">
      <OnlineDot user={usePeer(row)} on="surface">
        <Avatar {...avatarOf(row)} name={title} />
      </OnlineDot>
      <div className="min-w-0">
        <h1 ref={heading} tabIndex={-1} className="truncate text-lg font-[650] tracking-tight outline-none">
          <bdi>{title}</bdi>
        </h1>
        <p className="truncate text-sm text-soft">{subtitle}</p>
      </div>
    </div>
  );
}
