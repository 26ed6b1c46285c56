/**
 * Every refusal a client can meet, by name. `status` is its HTTP form; `sentence` says in English what to do (the
 * interface has its own words for each code); `retry` marks those after which the same command may be sent again.
 * Free of zod, so that a web bundle can import them for nothing.
 */
export const errorTable = {
  invalid_input: { status: 400, sentence: 'Some of what was sent cannot be read. Correct the named field.' },
  malformed: { status: 400, sentence: 'The frame is not a valid command. Check it against the protocol.' },
  unknown_event: { status: 404, sentence: 'There is no such event. Check its name against the protocol.' },
  unauthenticated: { status: 401, sentence: 'Log in to go on.' },
  token_expired: { status: 401, sentence: 'The access token has expired. Renew it and try again.' },
  session_ended: { status: 401, sentence: 'This session has ended. Log in again.' },
  wrong_credentials: { status: 401, sentence: 'E-mail or password is not right. Try again.' },
  wrong_password: { status: 403, sentence: 'The current password is not right. Try again.' },
  too_many_attempts: { status: 429, sentence: 'Too many attempts. Wait before you try again.' },
  email_taken: { status: 409, sentence: 'There is an account with this e-mail. Log in instead.' },
  registration_closed: { status: 403, sentence: 'Nobody can register here at the moment. Ask who runs this server.' },
  invite_invalid: {
    status: 403,
    sentence: 'Registering here needs an invitation that is still good. Ask who runs this server for a new link.',
  },
  invite_not_found: { status: 404, sentence: 'There is no such invitation. Load the list again.' },
  invites_full: { status: 409, sentence: 'There are too many invitations that are still good. Revoke some first.' },
  owner_protected: {
    status: 403,
    sentence: 'Nobody can do this to the owner of the server. The owner would have to hand it over first.',
  },
  own_account: { status: 403, sentence: 'You cannot do this to yourself. Ask another admin, or use your settings.' },
  person_suspended: { status: 409, sentence: 'This person is suspended. Let them in again first.' },
  password_weak: { status: 422, sentence: 'Choose a longer or less common password.' },
  session_not_found: { status: 404, sentence: 'This session has ended already, or it is not yours.' },
  link_invalid: {
    status: 410,
    sentence: 'This link was used, is out of date or was replaced by a newer one. Ask for another.',
  },
  no_mail: { status: 409, sentence: 'This server sends no mail. Ask who runs it for a link.' },
  origin_refused: { status: 403, sentence: 'This web origin is not allowed. Add it to CORS_ORIGINS.' },
  not_allowed: {
    status: 403,
    sentence:
      'You are not allowed to do this. Ask who may: who wrote the message, the creator of the group, the owner of the server.',
  },
  conversation_not_found: { status: 404, sentence: 'This conversation does not exist, or you are not in it.' },
  person_not_found: { status: 404, sentence: 'There is no such person here.' },
  route_not_found: { status: 404, sentence: 'There is nothing at this address.' },
  message_not_found: { status: 404, sentence: 'This message does not exist, or you may not see it.' },
  message_deleted: { status: 410, sentence: 'This message was deleted. Write a new one instead.' },
  stale: { status: 409, sentence: 'The message was changed meanwhile. Look at it as it is now, then edit it again.' },
  message_empty: { status: 422, sentence: 'The message is empty. Write something first.' },
  message_too_long: { status: 422, sentence: 'The message is too long. Shorten it or split it.' },
  too_large: { status: 413, sentence: 'What was sent is too large.' },
  rate_limited: { status: 429, sentence: 'Too much at once. Wait a moment.', retry: true },
  busy: { status: 503, sentence: 'The server is busy. Try again in a moment.', retry: true },
  moved: { status: 503, sentence: 'This server is stopping. Connect again.', retry: true },
  unavailable: { status: 503, sentence: 'The database cannot be reached. Try again in a moment.', retry: true },
  outcome_unknown: {
    status: 503,
    sentence: 'Nobody knows whether this was stored. Send it again under the same id.',
    retry: true,
  },
  epoch_changed: {
    status: 409,
    sentence: 'The database was put back to an earlier state. Sync, then say it again of the message as it is now.',
    retry: true,
  },
  storage_full: {
    status: 507,
    sentence: 'The disk of the server is full. Tell who runs it, then try again.',
    retry: true,
  },
  outdated_client: { status: 426, sentence: 'This page is older than the server. Reload it.' },
  internal: { status: 500, sentence: 'Something went wrong on the server. Try again; if it stays, tell who runs it.' },
} as const satisfies Record<string, { status: number; sentence: string; retry?: true }>;

export type ErrorCode = keyof typeof errorTable;

/** What a refusal looks like on the wire, in an HTTP body (`{ error }`) and in an acknowledgement. */
export interface WireError {
  code: ErrorCode;
  message: string;
  /** Facts that belong to the code: `{ retryAfter }` and `{ after }` in seconds, `{ path, reason }`, `{ bytes, max }`, `{ ver }`. */
  data?: Record<string, unknown>;
}

/** An acknowledgement is a closed union: the command's output, or a named error. */
export type Ack<T> = { ok: true; data: T } | { ok: false; error: WireError };

/** The codes marked `retry`. Named apart, so that a page need not carry the table and its sentences. */
const retryCodes: ReadonlySet<string> = new Set<ErrorCode>([
  'rate_limited',
  'busy',
  'moved',
  'unavailable',
  'outcome_unknown',
  'epoch_changed',
  'storage_full',
]);

/** True when sending the same command again, under the same id, is the right thing to do. */
export function mayRetry(code: string): boolean {
  return retryCodes.has(code);
}
