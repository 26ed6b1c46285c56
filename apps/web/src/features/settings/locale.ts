export const LOCALES = ['en', 'es'] as const;
export type AppLocale = (typeof LOCALES)[number];

/** Some browsers name languages that are none (`en-US@posix`): those say nothing. */
function parsed(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag);
  } catch {
    return null;
  }
}

/** The language of the words: the first of the browser's that we speak. */
export function browserLocale(languages: readonly string[]): AppLocale {
  for (const tag of languages) {
    const found = LOCALES.find((locale) => parsed(tag)?.language === locale);
    if (found) return found;
  }
  return 'en';
}

/** The language of dates and clocks: the words' own, as it is written where this browser is at home. */
export function regionalLocale(locale: AppLocale, languages: readonly string[]): string {
  const regional = languages.map(parsed).find((tag) => tag?.language === locale && tag.region !== undefined);
  return regional ? `${locale}-${regional.region}` : locale;
}
