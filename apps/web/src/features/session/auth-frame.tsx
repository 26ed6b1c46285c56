import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { AppMark } from '../../components/ui/app-mark';
import { LanguageSelect } from '../settings/language-select';

export function AuthFrame({ title, lead, children }: { title: string; lead: ReactNode; children: ReactNode }) {
  const t = useTranslations('app');
  return (
    <div className="pane-height flex flex-col overflow-y-auto bg-sunken">
      <main className="m-auto flex w-full max-w-md flex-col gap-6 p-4 py-8 desk:p-8">
        <div className="flex items-center justify-center gap-3">
          <AppMark className="size-10" />
          <span className="text-xl font-[650] tracking-tight">{t('name')}</span>
        </div>
        <div className="flex flex-col gap-5 rounded-lg border border-line bg-raised p-6 shadow-low desk:p-8">
          <div className="flex flex-col gap-1">
            <h1 className="text-xl font-[650] tracking-tight">{title}</h1>
            <p className="text-soft">{lead}</p>
          </div>
          {children}
        </div>
        <div className="self-center">
          <LanguageSelect />
        </div>
      </main>
    </div>
  );
}
