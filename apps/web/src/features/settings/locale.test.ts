import { describe, expect, it } from 'vitest';
import { browserLocale, regionalLocale } from './locale';

describe('the language of the words', () => {
  it('is the first one of the browser that we speak, else English', () => {
    expect(browserLocale(['fi-FI', 'es-AR', 'en'])).toBe('es');
    expect(browserLocale(['fi-FI'])).toBe('en');
    expect(browserLocale(['en-US@posix', 'es'])).toBe('es');
  });
});

describe('the language of dates', () => {
  it('is that of the words, of the region that the browser names for it', () => {
    expect(regionalLocale('en', ['en-GB', 'en-US'])).toBe('en-GB');
    expect(regionalLocale('es', ['en-GB', 'es-MX'])).toBe('es-MX');
    expect(regionalLocale('es', ['es-419'])).toBe('es-419');
    expect(regionalLocale('en', ['en', 'en-AU'])).toBe('en-AU');
    expect(regionalLocale('en', ['en-Latn-NZ-u-hc-h12'])).toBe('en-NZ');
  });

  it('is the plain language where the browser names no region for it', () => {
    expect(regionalLocale('es', ['en-GB', 'en'])).toBe('es');
    expect(regionalLocale('en', ['es-ES', 'en'])).toBe('en');
    expect(regionalLocale('en', ['en-US@posix'])).toBe('en');
  });
});
