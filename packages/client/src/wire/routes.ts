import type * as contract from '@tertulia/contract';
import type { Command, Input, Output } from '@tertulia/contract';

interface Route {
  http?: `${'GET' | 'POST'} /api/${string}`;
  event?: string;
}

/**
 * Where each command goes. The contract says the same, but its definitions carry their zod schemas and a web bundle must
 * not: a test holds the two together.
 */
export const routes = {
  serverInfo: { http: 'GET /api/server' },
  register: { http: 'POST /api/auth/register' },
  login: { http: 'POST /api/auth/login' },
  refresh: { http: 'POST /api/auth/refresh' },
  logout: { http: 'POST /api/auth/logout' },
  listSessions: { http: 'GET /api/sessions' },
  endSession: { http: 'POST /api/sessions/:session/end' },
  endOtherSessions: { http: 'POST /api/sessions/end-others' },
  changePassword: { http: 'POST /api/me/password' },
  listNotices: { http: 'GET /api/me/notices' },
  dismissNotice: { http: 'POST /api/me/notices/:notice/dismiss' },
  requestRecovery: { http: 'POST /api/auth/request-recovery' },
  redeemRecovery: { http: 'POST /api/auth/redeem-recovery' },
  searchPeople: { http: 'GET /api/people' },
  listConversations: { http: 'GET /api/conversations' },
  getConversation: { http: 'GET /api/conversations/:conversation' },
  startDirect: { http: 'POST /api/conversations/direct' },
  createGroup: { http: 'POST /api/conversations/groups' },
  addMembers: { http: 'POST /api/conversations/:conversation/add-members' },
  removeMember: { http: 'POST /api/conversations/:conversation/remove-member' },
  leaveGroup: { http: 'POST /api/conversations/:conversation/leave' },
  renameGroup: { http: 'POST /api/conversations/:conversation/rename' },
  markRead: { http: 'POST /api/conversations/:conversation/read', event: 'read:mark' },
  sendMessage: { http: 'POST /api/messages', event: 'message:send' },
  editMessage: { http: 'POST /api/conversations/:conversation/edit-message', event: 'message:edit' },
  deleteMessage: { http: 'POST /api/conversations/:conversation/delete-message', event: 'message:delete' },
  cancelMessage: { http: 'POST /api/conversations/:conversation/cancel-message', event: 'message:cancel' },
  findOwnMessage: { http: 'GET /api/conversations/:conversation/own-messages/:id' },
  getMessages: { http: 'GET /api/conversations/:conversation/messages' },
  getServerSettings: { http: 'GET /api/admin/settings' },
  setRegistration: { http: 'POST /api/admin/registration' },
  createInvite: { http: 'POST /api/admin/invites' },
  listInvites: { http: 'GET /api/admin/invites' },
  revokeInvite: { http: 'POST /api/admin/invites/:invite/revoke' },
  listUsers: { http: 'GET /api/admin/users' },
  setRole: { http: 'POST /api/admin/users/:user/role' },
  transferOwnership: { http: 'POST /api/admin/users/:user/make-owner' },
  suspendUser: { http: 'POST /api/admin/users/:user/suspend' },
  restoreUser: { http: 'POST /api/admin/users/:user/restore' },
  endUserSessions: { http: 'POST /api/admin/users/:user/end-sessions' },
  issueRecoveryLink: { http: 'POST /api/admin/users/:user/recovery-link' },
  listAudit: { http: 'GET /api/admin/audit' },
  sync: { http: 'POST /api/sync' },
  renewToken: { event: 'token:renew' },
  setTyping: { event: 'typing:set' },
  watchPresence: { event: 'presence:watch' },
} as const satisfies Partial<Record<keyof typeof contract, Route>>;

export type CommandName = keyof typeof routes;
type Definition<N extends CommandName> = (typeof contract)[N] extends Command ? (typeof contract)[N] : never;
export type InputOf<N extends CommandName> = Input<Definition<N>>;
export type OutputOf<N extends CommandName> = Output<Definition<N>>;

export type HttpName = { [N in CommandName]: (typeof routes)[N] extends { http: string } ? N : never }[CommandName];
export type EventName = { [N in CommandName]: (typeof routes)[N] extends { event: string } ? N : never }[CommandName];

/** An authorised call over HTTP: what most of the engine knows of the server. */
export type Call = <N extends HttpName>(name: N, input: InputOf<N>, signal?: AbortSignal) => Promise<OutputOf<N>>;
/** The same over the open socket, or over HTTP when there is none. */
export type CallFast = <N extends EventName & HttpName>(name: N, input: InputOf<N>) => Promise<OutputOf<N>>;
