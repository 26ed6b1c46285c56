import { useLocale, useTranslations } from 'use-intl';
import { Segmented } from '../../components/ui/segmented';
import { browserLocale, LOCALES } from './locale';
import { usePreferences } from './preferences-store';

const ownName = (locale: string): string => {
  const name = new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
};

/** Every language by its own name. */
export function LanguageSelect() {
  const t = useTranslations('settings');
  const locale = browserLocale([useLocale()]);
  const set = usePreferences((state) => state.set);
  const options = LOCALES.map((each) => ({ value: each, text: ownName(each), lang: each }));
  return (
    <Segmented label={t('language')} value={locale} onChange={(value) => set({ locale: value })} options={options} />
  );
}
