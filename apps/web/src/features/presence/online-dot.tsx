import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '../../lib/cn';
import { watchInView } from './people-in-view';
import { useOnline } from './presence-store';

const rings = { sunken: 'ring-sunken', surface: 'ring-surface', raised: 'ring-raised' } as const;

/** A green dot on a person's avatar while they are online, with a word for who does not see it. `on`: what it lies on. */
export function OnlineDot({
  user,
  on,
  children,
}: {
  user: string | null;
  on: keyof typeof rings;
  children: ReactNode;
}) {
  const t = useTranslations('presence');
  const place = useRef<HTMLSpanElement>(null);
  const online = useOnline(user);
  useEffect(() => (place.current && user ? watchInView(place.current, user) : undefined), [user]);
  return (
    <span ref={place} className="relative shrink-0">
      {children}
      {online ? (
        <span className={cn('absolute -end-px -bottom-px size-2.5 rounded-full bg-positive ring-[2.5px]', rings[on])}>
          <span className="sr-only">{t('online')}</span>
        </span>
      ) : null}
    </span>
  );
}
