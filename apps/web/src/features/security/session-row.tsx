import type { SessionInfo } from '@tertulia/contract';
import { CircleHelp, Monitor, Smartphone, Tablet, Terminal } from 'lucide-react';
import { useLocale, useTranslations } from 'use-intl';
import { Button } from '../../components/ui/button';
import { fullTime, listTime } from '../../lib/times';
import { useNow } from '../../lib/use-now';
import { deviceName, type DeviceName } from './device-name';
import { useDeviceText } from './use-device-text';

const icons: Record<DeviceName['kind'], typeof Monitor> = {
  phone: Smartphone,
  tablet: Tablet,
  computer: Monitor,
  program: Terminal,
  unknown: CircleHelp,
};

export function SessionRow({ session, onEnd }: { session: SessionInfo; onEnd: () => void }) {
  const t = useTranslations('security');
  const device = useDeviceText()(session.userAgent);
  const Icon = icons[deviceName(session.userAgent).kind];
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <Icon className="size-5 shrink-0 text-soft" aria-hidden="true" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <bdi className="font-[620] [overflow-wrap:anywhere]">{device}</bdi>
          {session.isCurrent ? <span className="text-sm font-semibold text-positive">{t('thisDevice')}</span> : null}
        </p>
        <p className="text-sm text-soft [overflow-wrap:anywhere]">
          <LastUse session={session} /> · <bdi>{session.address || t('unknownAddress')}</bdi>
        </p>
        <p className="text-sm text-soft">
          <Since time={session.createdAt} />
        </p>
      </div>
      {session.isCurrent ? null : (
        <Button kind="danger" size="sm" aria-label={t('endNamed', { device })} onClick={onEnd}>
          {t('end')}
        </Button>
      )}
    </li>
  );
}

function LastUse({ session }: { session: SessionInfo }) {
  const t = useTranslations('security');
  const time = useShortTime(session.lastSeenAt);
  return session.isCurrent ? t('activeNow') : t('lastSeen', { time });
}

function Since({ time }: { time: number }) {
  const t = useTranslations('security');
  const locale = useLocale();
  return (
    <time dateTime={new Date(time).toISOString()} title={fullTime(time, locale)}>
      {t('since', { time: useShortTime(time) })}
    </time>
  );
}

function useShortTime(time: number): string {
  const t = useTranslations('security');
  return listTime(time, useNow(), useLocale(), t('yesterday'));
}
