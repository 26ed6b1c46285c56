import { useLocale, useTranslations } from 'use-intl';
import { cn } from '@/lib/cn';
import { LOCALES, usePreferences } from './preferences-store';

const own = (locale: string): string => {
  const name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
};

/** Every language by its own name. */
export function LanguageSelect({ className }: { className?: string }) {
  const t = useTranslations('settings');
  const locale = useLocale();
  const set = usePreferences((state) => state.set);
  return (
    <div role="group" aria-label={t('language')} className={cn('inline-flex rounded-md border border-line bg-raised p-0.5', className)}>
      {LOCALES.map((each) => (
        <button
          key={each}
          type="button"
          lang={each}
          aria-pressed={each === locale}
          onClick={() => set({ locale: each })}
          className="h-10 rounded-sm px-3 text-sm font-medium text-soft transition-colors hover:text-ink aria-pressed:bg-selected aria-pressed:text-ink desk:h-8"
        >
          {own(each)}
        </button>
      ))}
    </div>
  );
}
