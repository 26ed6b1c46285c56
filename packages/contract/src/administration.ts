import { z } from 'zod';
import { command } from './command.js';
import type { ErrorCode } from './errors.js';
import { Person, RegistrationPolicy, ServerRole } from './identity.js';
import { Id, Time } from './ids.js';
import { limits } from './limits.js';

/** What is kept of who got in and who decided what. Stored by name: one that was used is never given another meaning. */
export const AuditAction = z.enum([
  'registered',
  'logged_in',
  'login_failed',
  'logged_out',
  'session_ended',
  'refresh_reused',
  'password_changed',
  'recovery_issued',
  'recovery_used',
  'email_verified',
  'registration_set',
  'invite_created',
  'invite_revoked',
  'invite_used',
  'role_changed',
  'suspended',
  'restored',
  'sessions_ended',
]);
export type AuditAction = z.infer<typeof AuditAction>;

/** A link to register with. Its token is shown once, when it is made, and stored nowhere. */
export const Invite = z.object({
  id: Id,
  by: Person,
  createdAt: Time,
  expiresAt: Time,
  maxUses: z.int(),
  uses: z.int(),
  state: z.enum(['good', 'used_up', 'expired', 'revoked']),
});
export type Invite = z.infer<typeof Invite>;

/** Somebody as admins see them. */
export const Account = Person.extend({
  role: ServerRole,
  createdAt: Time,
  lastSeenAt: Time.nullable(),
  suspendedAt: Time.nullable(),
});
export type Account = z.infer<typeof Account>;

export const AuditEntry = z.object({
  id: z.int(),
  at: Time,
  action: AuditAction,
  by: Person.nullable().describe('null: nobody was logged in'),
  person: Person.nullable().describe('Whom it was done to'),
  address: z.string().describe('Empty where it says nothing'),
  data: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

const staffErrors = [
  'unauthenticated',
  'token_expired',
  'session_ended',
  'not_allowed',
] as const satisfies readonly ErrorCode[];
const overErrors = [
  ...staffErrors,
  'person_not_found',
  'owner_protected',
  'own_account',
] as const satisfies readonly ErrorCode[];
const ofUser = z.strictObject({ user: Id });
const pageSize = z.coerce.number().int().min(1).max(limits.page).default(50);

export const getServerSettings = command({
  name: 'getServerSettings',
  summary: 'What the owner and the admins decide about the server as a whole.',
  http: 'GET /api/admin/settings',
  access: 'user',
  input: z.strictObject({}),
  output: z.object({ registration: RegistrationPolicy }),
  errors: staffErrors,
});

export const setRegistration = command({
  name: 'setRegistration',
  summary: 'Who may register from now on: everybody who reaches the server, people with an invitation, or nobody.',
  http: 'POST /api/admin/registration',
  access: 'user',
  input: z.strictObject({ registration: RegistrationPolicy }),
  output: z.object({ registration: RegistrationPolicy }),
  errors: staffErrors,
});

export const createInvite = command({
  name: 'createInvite',
  summary: 'Make an invitation. The token is in this answer and never again: the link is /register#invite=TOKEN.',
  http: 'POST /api/admin/invites',
  access: 'user',
  input: z.strictObject({
    days: z.int().min(1).max(limits.inviteDays),
    maxUses: z.int().min(1).max(limits.inviteUses),
  }),
  output: z.object({ invite: Invite, token: z.string() }),
  errors: [...staffErrors, 'invites_full'],
});

export const listInvites = command({
  name: 'listInvites',
  summary: 'The invitations: those that are still good first, then the newest; at most as many as fit one page.',
  http: 'GET /api/admin/invites',
  access: 'user',
  input: z.strictObject({}),
  output: z.object({ invites: z.array(Invite) }),
  errors: staffErrors,
});

export const revokeInvite = command({
  name: 'revokeInvite',
  summary: 'Make an invitation worthless. Who has registered with it stays.',
  http: 'POST /api/admin/invites/:invite/revoke',
  access: 'user',
  input: z.strictObject({ invite: Id }),
  output: z.object({ invite: Invite }),
  errors: [...staffErrors, 'invite_not_found'],
});

export const listUsers = command({
  name: 'listUsers',
  summary:
    'Everybody with an account, by name; `q` finds by part of the name or by the exact e-mail, which is never shown.',
  http: 'GET /api/admin/users',
  access: 'user',
  input: z.strictObject({ q: z.string().max(limits.email).default(''), after: Id.optional(), limit: pageSize }),
  output: z.object({ users: z.array(Account), next: Id.nullable() }),
  errors: staffErrors,
});

export const setRole = command({
  name: 'setRole',
  summary: 'Make somebody an admin, or a member again. Only the owner can.',
  http: 'POST /api/admin/users/:user/role',
  access: 'user',
  input: ofUser.extend({ role: z.enum(['admin', 'member']) }),
  output: z.object({ user: Account }),
  errors: overErrors,
});

export const transferOwnership = command({
  name: 'transferOwnership',
  summary: 'Hand the server over: the other becomes its owner, the one who gives it an admin. Only the owner can.',
  http: 'POST /api/admin/users/:user/make-owner',
  access: 'user',
  input: ofUser,
  output: z.object({ user: Account }),
  errors: [...overErrors, 'person_suspended'],
});

export const suspendUser = command({
  name: 'suspendUser',
  summary:
    'Keep somebody out: all their sessions end at once and they cannot log in. What they wrote stays. Admins can suspend members, the owner everybody else.',
  http: 'POST /api/admin/users/:user/suspend',
  access: 'user',
  input: ofUser,
  output: z.object({ user: Account }),
  errors: overErrors,
});

export const restoreUser = command({
  name: 'restoreUser',
  summary: 'Let a suspended person in again. They have to log in.',
  http: 'POST /api/admin/users/:user/restore',
  access: 'user',
  input: ofUser,
  output: z.object({ user: Account }),
  errors: overErrors,
});

export const endUserSessions = command({
  name: 'endUserSessions',
  summary: 'Log somebody out on all their devices.',
  http: 'POST /api/admin/users/:user/end-sessions',
  access: 'user',
  input: ofUser,
  output: z.object({ ended: z.int() }),
  errors: overErrors,
});

export const issueRecoveryLink = command({
  name: 'issueRecoveryLink',
  summary:
    'The token of a link by which somebody chooses a new password, once, within `minutes`: /recover#TOKEN. An earlier link of theirs is void.',
  http: 'POST /api/admin/users/:user/recovery-link',
  access: 'user',
  input: ofUser,
  output: z.object({ token: z.string(), minutes: z.int() }),
  errors: overErrors,
});

export const listAudit = command({
  name: 'listAudit',
  summary:
    'What happened, the newest first: of one kind, and done by or to one person, where asked. `next` is the `before` of the page after.',
  http: 'GET /api/admin/audit',
  access: 'user',
  input: z.strictObject({
    action: AuditAction.optional(),
    person: Id.optional(),
    before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
    limit: pageSize,
  }),
  output: z.object({ entries: z.array(AuditEntry), next: z.int().nullable() }),
  errors: [...staffErrors, 'person_not_found'],
});
