'use client';
import { useTranslations } from 'use-intl';

/** Every page brings this one along, and it must not need what may have broken: a plain button. */
export function BrokenPage() {
  const t = useTranslations('error');
  return (
    <main
      role="alert"
      className="pane-height flex flex-col items-center justify-center gap-3 bg-sunken p-6 text-center"
    >
      <h1 className="text-xl font-[650] tracking-tight">{t('title')}</h1>
      <p className="text-soft">{t('text')}</p>
      <button
        type="button"
        onClick={() => location.reload()}
        className="h-11 rounded-md bg-accent px-4 font-semibold text-on-accent hover:bg-accent-strong desk:h-10"
      >
        {t('reload')}
      </button>
    </main>
  );
}
