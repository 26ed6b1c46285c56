'use client';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/ui/button';

export function BrokenPage() {
  const t = useTranslations('error');
  return (
    <main
      role="alert"
      className="pane-height flex flex-col items-center justify-center gap-3 bg-sunken p-6 text-center"
    >
      <h1 className="text-xl font-[650] tracking-tight">{t('title')}</h1>
      <p className="text-soft">{t('text')}</p>
      <Button kind="primary" onClick={() => location.reload()}>
        {t('reload')}
      </Button>
    </main>
  );
}
