import { useTranslations } from 'use-intl';
import { deviceName } from './device-name';

export function useDeviceText(): (userAgent: string) => string {
  const t = useTranslations('security');
  return (userAgent) => {
    const { kind, browser, system } = deviceName(userAgent);
    if (browser !== null && system !== null) return t('deviceOn', { browser, system });
    if (kind === 'program') return t('program');
    return browser ?? system ?? t('unknownDevice');
  };
}
