import type admin from './admin/en.json';
import type en from './en.json';

declare module 'use-intl' {
  interface AppConfig {
    /** Those of the administration are there only below its page. */
    Messages: typeof en & typeof admin;
  }
}
