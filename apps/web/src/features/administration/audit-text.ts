import type { AuditAction, AuditEntry } from '@tertulia/contract';
import { useTranslations } from 'use-intl';

/** Those one can ask for. A record, so that a new kind cannot be forgotten. */
const offered: Record<AuditAction, true> = {
  registered: true,
  logged_in: true,
  login_failed: true,
  logged_out: true,
  session_ended: true,
  sessions_ended: true,
  refresh_reused: true,
  password_changed: true,
  recovery_issued: true,
  recovery_used: true,
  email_verified: true,
  registration_set: true,
  invite_created: true,
  invite_used: true,
  invite_revoked: true,
  role_changed: true,
  suspended: true,
  restored: true,
};
export const actions = Object.keys(offered) as AuditAction[];

/** What happened, as a sentence. */
export function useAuditText(): (entry: AuditEntry) => string {
  const t = useTranslations();
  return ({ action, by, person, data }) => {
    const somebody = t('common.someone');
    const names = { by: by?.name ?? somebody, person: person?.name ?? by?.name ?? somebody };
    return t(`audit.${action}`, { ...names, to: String(data['to'] ?? '') });
  };
}
