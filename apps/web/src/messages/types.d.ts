import type en from './en.json';
import type security from './security/en.json';

declare module 'use-intl' {
  interface AppConfig {
    Messages: typeof en & typeof security;
  }
}
