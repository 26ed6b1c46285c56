'use client';
import './globals.css';
import { IntlProvider } from 'use-intl';
import { BrokenPage } from '../features/shell/broken-page';
import english from '../messages/en.json';

/** When even the layout broke: no provider is left, so the words are English. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <IntlProvider locale="en" messages={english} timeZone="UTC">
          <BrokenPage />
        </IntlProvider>
      </body>
    </html>
  );
}
