/**
 * Every number that both sides must agree on. A browser shows them, the server enforces them.
 * Free of zod, so that a web bundle can import them for nothing.
 */

/**
 * Raised when an old client could misread what a new server says; see docs/realtime-protocol.md. Said in the handshake of
 * the socket and in the header X-Tertulia.
 */
export const PROTOCOL_VERSION = 1;

export const limits = {
  /** UTF-8 bytes of a message after trimming. */
  messageBytes: 16_384,
  /** Bytes of one socket frame: JSON may escape one byte to six, so well above a message. */
  frameBytes: 131_072,
  /** Characters. */
  displayName: 80,
  groupName: 120,
  email: 254,
  passwordMin: 8,
  passwordAdvised: 12,
  passwordMax: 256,
  /** People in one add-members or create-group command. */
  membersPerCommand: 100,
  /** Rows, messages or changes in one answer. */
  page: 100,
  syncCursors: 200,
  syncChanges: 200,
  syncBytes: 262_144,
  /** Characters of a list row's preview. */
  preview: 200,
  /** Unread counts end here: 100 is shown as 99+. */
  unreadCap: 100,
  /** People found by one search. */
  people: 20,
  /** Socket events per second and socket, unless the operator allows more; three times as many may come at once. */
  eventsPerSecond: 20,
  /** Invitations: days they may hold, people they may let in, and how many may be good at a time. */
  inviteDays: 90,
  inviteUses: 1_000,
  invites: 100,
  /** Characters of the token of a link, at most. */
  linkToken: 100,
  /** Minutes in which a new password must be chosen by a link. */
  recoveryMinutes: 30,
  /** Milliseconds between two `typing:set` of one person in one conversation, and how long one is believed. */
  typingEvery: 3_000,
  typingLife: 6_000,
  /** Members of the largest conversation that is told who is typing. */
  typingMembers: 20,
  /** People whom one socket may watch, and for how many milliseconds before it asks again. */
  presenceUsers: 100,
  presenceWatch: 300_000,
} as const;
