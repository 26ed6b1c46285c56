'use client';
import Link from 'next/link';
import { useTranslations } from 'use-intl';

export function NotFoundPage() {
  const t = useTranslations('notFound');
  return (
    <main className="pane-height flex flex-col items-center justify-center gap-3 bg-sunken p-6 text-center">
      <h1 className="text-xl font-[650] tracking-tight">{t('title')}</h1>
      <p className="text-soft">{t('text')}</p>
      <Link href="/" className="font-semibold text-accent-strong underline underline-offset-2">
        {t('home')}
      </Link>
    </main>
  );
}
