'use client';
import { useTranslations } from 'use-intl';

/** Every page brings this one along: a plain link weighs nothing. */
export function NotFoundPage() {
  const t = useTranslations('notFound');
  return (
    <main className="pane-height flex flex-col items-center justify-center gap-3 bg-sunken p-6 text-center">
      <h1 className="text-xl font-[650] tracking-tight">{t('title')}</h1>
      <p className="text-soft">{t('text')}</p>
      <a href="/" className="font-semibold text-accent-strong underline underline-offset-2">
        {t('home')}
      </a>
    </main>
  );
}
