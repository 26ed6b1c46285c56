import type { Notice } from '@tertulia/contract';
import { ShieldAlert } from 'lucide-react';
import { useLocale, useTranslations } from 'use-intl';
import { Button } from '../../components/ui/button';
import { showToast } from '../../components/ui/toast-store';
import { fullTime } from '../../lib/times';
import { useErrorText } from '../session/use-error-text';
import { useNotices } from './notice-store';
import { useDeviceText } from './use-device-text';
import { dismissNotice } from './watch-notices';

export function NoticeList() {
  const t = useTranslations('security');
  const notices = useNotices((state) => state.notices);
  if (notices.length === 0) return null;
  return (
    <section aria-label={t('notices')} className="flex flex-col gap-3">
      <h2 className="text-md font-[650]">{t('notices')}</h2>
      <ul className="flex flex-col gap-3">
        {notices.map((notice) => (
          <NoticeItem key={notice.id} notice={notice} />
        ))}
      </ul>
      <p className="text-sm text-soft">{t('noticeAdvice')}</p>
    </section>
  );
}

function NoticeItem({ notice }: { notice: Notice }) {
  const t = useTranslations('security');
  const locale = useLocale();
  const device = useDeviceText()(notice.userAgent);
  const errorText = useErrorText();
  const dismiss = (): void => {
    dismissNotice(notice.id).catch((error: unknown) => showToast(errorText(error), 'error'));
  };
  return (
    <li className="flex gap-3 rounded-lg border border-line-strong bg-raised px-4 py-3 shadow-low">
      <ShieldAlert className="mt-0.5 size-5 shrink-0 text-accent-strong" aria-hidden="true" />
      <div className="flex min-w-0 flex-1 flex-col items-start gap-1">
        <p className="font-[620]">{t(notice.kind)}</p>
        {notice.userAgent || notice.address ? (
          <p className="text-sm [overflow-wrap:anywhere]">
            <bdi>{t('from', { device, address: notice.address || t('unknownAddress') })}</bdi>
          </p>
        ) : null}
        <time className="text-sm text-soft" dateTime={new Date(notice.at).toISOString()}>
          {fullTime(notice.at, locale)}
        </time>
        <Button size="sm" className="mt-1" onClick={dismiss}>
          {t('dismiss')}
        </Button>
      </div>
    </li>
  );
}
