'use client';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import { Skeleton } from '../../components/ui/skeleton';
import { SecurityWords } from '../security/security-words';
import { AuthFrame } from './auth-frame';
import { RegisterForm } from './register-form';
import { useInvite } from './use-invite';
import { useServerInfo } from './use-server-info';

/** The form for whoever may use it; the others are told what to do before they fill it in. */
export function RegisterPage() {
  const t = useTranslations('auth');
  const info = useServerInfo();
  const invite = useInvite();
  if (info === null) return <Waiting />;
  // Where nothing is known the form is shown: the server refuses by name.
  if (info === 'unknown') return <RegisterForm invite={invite} note={null} />;
  if (info.needsOwner) return <RegisterForm invite={null} note={t('ownerNote')} />;
  const isRefused = info.registration === 'closed' || (info.registration === 'invite' && invite === null);
  if (isRefused)
    return (
      <SecurityWords waiting={<Waiting />}>
        <Refused kind={info.registration === 'closed' ? 'closed' : 'invite'} />
      </SecurityWords>
    );
  return <RegisterForm invite={invite} note={info.registration === 'invite' ? t('invitedNote') : null} />;
}

function Refused({ kind }: { kind: 'closed' | 'invite' }) {
  const t = useTranslations();
  return (
    <AuthFrame
      title={kind === 'closed' ? t('refused.closedTitle') : t('refused.inviteTitle')}
      lead={kind === 'closed' ? t('refused.closedText') : t('refused.inviteText')}
    >
      <Link
        href="/login"
        className="inline-flex min-h-11 items-center self-start font-semibold text-accent-strong underline underline-offset-2"
      >
        {t('auth.login')}
      </Link>
    </AuthFrame>
  );
}

function Waiting() {
  const t = useTranslations('auth');
  return (
    <AuthFrame title={t('registerTitle')} lead={t('registerLead')}>
      <div aria-busy="true" className="flex flex-col gap-4">
        <Skeleton className="h-20" />
        <Skeleton className="h-17" />
        <Skeleton className="h-17" />
        <Skeleton className="h-11" />
      </div>
    </AuthFrame>
  );
}
