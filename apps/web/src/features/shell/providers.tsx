'use client';
import { ThemeProvider } from 'next-themes';
import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { useToasts } from '../../components/ui/toast-store';
import { DocumentTitle } from '../notifications/document-title';
import { useStartClient } from '../session/use-start-client';
import { LocaleProvider } from '../settings/locale-provider';

const Toaster = dynamic(() => import('../../components/ui/toaster').then((file) => file.Toaster), { ssr: false });

export function Providers({ waiting, children }: { waiting: ReactNode; children: ReactNode }) {
  useStartClient();
  const toasted = useToasts((state) => state.toasts.length > 0);
  return (
    <ThemeProvider
      attribute="data-theme"
      defaultTheme="system"
      enableSystem
      enableColorScheme={false}
      storageKey="tertulia:theme"
    >
      <LocaleProvider waiting={waiting}>
        <DocumentTitle />
        {children}
        {toasted ? <Toaster /> : null}
      </LocaleProvider>
    </ThemeProvider>
  );
}
