import '@fontsource-variable/inter/wght.css';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { Providers } from '../features/shell/providers';
import { ShellSkeleton } from '../features/shell/shell-skeleton';
import english from '../messages/en.json';

export const metadata: Metadata = {
  description: 'Tertulia',
  icons: { icon: { url: '/icon.svg', type: 'image/svg+xml' } },
  robots: { index: false },
  referrer: 'no-referrer',
  formatDetection: { telephone: false, email: false, address: false },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  interactiveWidget: 'resizes-content',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f9f5f0' },
    { media: '(prefers-color-scheme: dark)', color: '#151110' },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        {/* The server of an exported build; empty: the origin of this page. */}
        <meta name="tertulia-server" content="" />
      </head>
      <body>
        <noscript>{english.app.noScript}</noscript>
        <Providers waiting={<ShellSkeleton />}>{children}</Providers>
      </body>
    </html>
  );
}
