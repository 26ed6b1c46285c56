import { z } from 'zod';
import { command } from './command.js';
import { Email, Password } from './identity.js';
import { Id, Time } from './ids.js';

/** Every command of a logged-in person can meet these. */
const sessionErrors = ['unauthenticated', 'token_expired', 'session_ended'] as const;

/** A log-in that is still good. `userAgent` is as the browser said it, so it may be anything; `address` too is only a hint. */
export const SessionInfo = z.object({
  id: Id,
  userAgent: z.string(),
  address: z.string(),
  createdAt: Time,
  lastSeenAt: Time.describe('To within the ten minutes that an access token lives'),
  isCurrent: z.boolean(),
});
export type SessionInfo = z.infer<typeof SessionInfo>;

export const NoticeKind = z.enum(['new_device', 'password_changed', 'session_reused']);
export type NoticeKind = z.infer<typeof NoticeKind>;

/** What a person is told about their own account. */
export const Notice = z.object({
  id: Id,
  kind: NoticeKind,
  at: Time,
  userAgent: z.string().describe('Empty: not known'),
  address: z.string().describe('Empty: not known'),
});
export type Notice = z.infer<typeof Notice>;

export const listSessions = command({
  name: 'listSessions',
  summary: 'Where this account is logged in: this session first, then by last use.',
  http: 'GET /api/sessions',
  access: 'user',
  input: z.strictObject({}),
  output: z.object({ sessions: z.array(SessionInfo) }),
  errors: sessionErrors,
});

export const endSession = command({
  name: 'endSession',
  summary: "End one of one's own sessions; its sockets are cut on every node.",
  http: 'POST /api/sessions/:session/end',
  access: 'user',
  input: z.strictObject({ session: Id }),
  output: z.object({}),
  errors: [...sessionErrors, 'session_not_found'],
});

export const endOtherSessions = command({
  name: 'endOtherSessions',
  summary: 'End all sessions of this account but this one; their sockets are cut on every node.',
  http: 'POST /api/sessions/end-others',
  access: 'user',
  input: z.strictObject({}),
  output: z.object({ ended: z.int() }),
  errors: sessionErrors,
});

export const changePassword = command({
  name: 'changePassword',
  summary: 'Choose another password. Ends all other sessions, keeps this one.',
  http: 'POST /api/me/password',
  access: 'user',
  input: z.strictObject({ current: Password, password: Password }),
  output: z.object({}),
  errors: [...sessionErrors, 'wrong_password', 'password_weak', 'too_many_attempts'],
});

export const listNotices = command({
  name: 'listNotices',
  summary: 'What this person should know about their account and has not dismissed; not what this session did itself.',
  http: 'GET /api/me/notices',
  access: 'user',
  input: z.strictObject({}),
  output: z.object({ notices: z.array(Notice) }),
  errors: sessionErrors,
});

export const dismissNotice = command({
  name: 'dismissNotice',
  summary: 'A notice was read. Nothing happens when there is none of this id.',
  http: 'POST /api/me/notices/:notice/dismiss',
  access: 'user',
  input: z.strictObject({ notice: Id }),
  output: z.object({}),
  errors: sessionErrors,
});

export const requestRecovery = command({
  name: 'requestRecovery',
  summary: 'Have a link for a new password sent by mail. The same answer whether or not there is such an account.',
  http: 'POST /api/auth/request-recovery',
  access: 'anyone',
  input: z.strictObject({ email: Email }),
  output: z.object({}),
  errors: ['no_mail', 'too_many_attempts', 'origin_refused'],
});

export const redeemRecovery = command({
  name: 'redeemRecovery',
  summary:
    'Choose a new password with the token of a link. Ends all sessions; log in with the new password afterwards.',
  http: 'POST /api/auth/redeem-recovery',
  access: 'anyone',
  input: z.strictObject({ token: z.string().max(100), password: Password }),
  output: z.object({}),
  errors: ['link_invalid', 'password_weak', 'origin_refused'],
});
