import { ArrowDown } from 'lucide-react';
import { useTranslations } from 'use-intl';

export function JumpButton({ shown, fresh, onJump }: { shown: boolean; fresh: number; onJump: () => void }) {
  const t = useTranslations('messages');
  if (!shown) return null;
  return (
    <button
      type="button"
      aria-label={fresh > 0 ? t('jumpWithCount', { count: fresh }) : t('jumpToLatest')}
      onClick={onJump}
      className="absolute end-4 bottom-3 z-20 flex h-11 min-w-11 animate-rise items-center justify-center gap-1.5 rounded-full border border-line bg-raised px-3 text-sm font-semibold shadow-high transition-colors hover:bg-hover desk:end-5 desk:h-9 desk:min-w-9 desk:px-2.5"
    >
      <ArrowDown className="size-4.5" aria-hidden="true" />
      {fresh > 0 ? <span className="pe-1">{t('newCount', { count: fresh })}</span> : null}
    </button>
  );
}
