import type admin from './admin/en.json';
import type en from './en.json';
import type security from './security/en.json';

declare module 'use-intl' {
  interface AppConfig {
    /** Those of the administration and of security are there only below their pages. */
    Messages: typeof en & typeof admin & typeof security;
  }
}
