import type { SessionInfo } from '@tertulia/contract';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Alert } from '../../components/ui/alert';
import { Button } from '../../components/ui/button';
import { Confirm } from '../../components/ui/confirm';
import { showToast } from '../../components/ui/toast-store';
import { CommandError, client } from '../../lib/client';
import { useErrorText } from '../session/use-error-text';
import { SessionRow } from './session-row';
import { useDeviceText } from './use-device-text';
import type { KnownSessions } from './use-sessions';

export function SessionList({ sessions, problem, load }: KnownSessions) {
  const t = useTranslations();
  const [asking, setAsking] = useState<SessionInfo | 'others' | null>(null);
  const others = sessions?.filter((session) => !session.isCurrent).length ?? 0;
  return (
    <section aria-label={t('security.sessions')} className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h2 className="text-md font-[650]">{t('security.sessions')}</h2>
        <p className="text-sm text-soft">{t('security.sessionsHint')}</p>
      </div>
      {problem ? (
        <div className="flex flex-col items-start gap-2">
          <Alert>{problem}</Alert>
          <Button size="sm" onClick={() => void load()}>
            {t('common.retry')}
          </Button>
        </div>
      ) : null}
      {!sessions && !problem ? <p className="text-sm text-soft">{t('security.loading')}</p> : null}
      {sessions ? (
        <ul className="flex flex-col divide-y divide-line rounded-lg border border-line bg-raised shadow-low">
          {sessions.map((session) => (
            <SessionRow key={session.id} session={session} onEnd={() => setAsking(session)} />
          ))}
        </ul>
      ) : null}
      {others > 0 ? (
        <Button kind="danger" className="self-start" onClick={() => setAsking('others')}>
          {t('security.endOthers')}
        </Button>
      ) : null}
      {sessions && others === 0 ? <p className="text-sm text-soft">{t('security.noOthers')}</p> : null}
      {asking === 'others' ? <EndOthers onDone={load} onClose={() => setAsking(null)} /> : null}
      {asking !== null && asking !== 'others' ? (
        <EndOne session={asking} onDone={load} onClose={() => setAsking(null)} />
      ) : null}
    </section>
  );
}

interface AskProps {
  onDone: () => Promise<void>;
  onClose: () => void;
}

function EndOne({ session, onDone, onClose }: AskProps & { session: SessionInfo }) {
  const t = useTranslations('security');
  const errorText = useErrorText();
  const device = useDeviceText()(session.userAgent);
  const end = async (): Promise<string | null> => {
    try {
      await client().account.endSession(session.id);
    } catch (error) {
      // Ended already: that is what was wanted.
      if (!(error instanceof CommandError) || error.code !== 'session_not_found') return errorText(error);
    }
    showToast(t('ended'));
    await onDone();
    return null;
  };
  return (
    <Confirm
      title={t('endTitle')}
      text={t('endText', { device })}
      action={t('endAction')}
      onConfirm={end}
      onClose={onClose}
    />
  );
}

function EndOthers({ onDone, onClose }: AskProps) {
  const t = useTranslations('security');
  const errorText = useErrorText();
  const end = async (): Promise<string | null> => {
    try {
      const count = await client().account.endOtherSessions();
      showToast(t('endedOthers', { count }));
    } catch (error) {
      return errorText(error);
    }
    await onDone();
    return null;
  };
  return (
    <Confirm
      title={t('endOthersTitle')}
      text={t('endOthersText')}
      action={t('endOthers')}
      onConfirm={end}
      onClose={onClose}
    />
  );
}
