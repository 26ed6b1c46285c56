import { z } from 'zod';
import { command } from './command.js';
import { Id, nameOf } from './ids.js';
import { limits } from './limits.js';

/** Somebody as everybody here may see them. The e-mail is never part of it. */
export const Person = z.object({ id: Id, name: z.string() });
export type Person = z.infer<typeof Person>;

export const ServerRole = z.enum(['owner', 'admin', 'member']);
export type ServerRole = z.infer<typeof ServerRole>;

/** Who may register: whoever reaches the server, people with an invitation, nobody. */
export const RegistrationPolicy = z.enum(['open', 'invite', 'closed']);
export type RegistrationPolicy = z.infer<typeof RegistrationPolicy>;

/** A user as they see themselves. */
export const Me = Person.extend({ email: z.string(), role: ServerRole });
export type Me = z.infer<typeof Me>;

/** `expiresIn` is in seconds from now, so that a wrong clock on the client does no harm. */
export const SessionGrant = z.object({ accessToken: z.string(), expiresIn: z.int(), session: Id, user: Me });
export type SessionGrant = z.infer<typeof SessionGrant>;

export const Email = z.string().trim().max(limits.email).pipe(z.email());
export const Password = z.string().max(limits.passwordMax);

export const serverInfo = command({
  name: 'serverInfo',
  summary:
    'What this server is: its version, the protocol it speaks, whether it still waits for its owner, who may register, whether it sends mail; and whether the question came with a refresh cookie, good or not.',
  http: 'GET /api/server',
  access: 'anyone',
  input: z.strictObject({}),
  output: z.object({
    version: z.string(),
    protocol: z.int(),
    needsOwner: z.boolean(),
    registration: RegistrationPolicy,
    mail: z.boolean(),
    returning: z.boolean(),
  }),
  errors: [],
});

export const register = command({
  name: 'register',
  summary:
    'Make an account and log in. The first account owns the server; who may make the others is decided there. `invite` is the token of an invitation.',
  http: 'POST /api/auth/register',
  access: 'anyone',
  input: z.strictObject({
    email: Email,
    name: nameOf(limits.displayName),
    password: Password,
    invite: z.string().max(limits.linkToken).optional(),
  }),
  output: SessionGrant,
  errors: [
    'registration_closed',
    'invite_invalid',
    'email_taken',
    'password_weak',
    'too_many_attempts',
    'origin_refused',
  ],
});

export const login = command({
  name: 'login',
  summary: 'Log in with e-mail and password; sets the refresh cookie.',
  http: 'POST /api/auth/login',
  access: 'anyone',
  input: z.strictObject({ email: z.string().max(limits.email), password: Password }),
  output: SessionGrant,
  errors: ['wrong_credentials', 'too_many_attempts', 'origin_refused'],
});

export const refresh = command({
  name: 'refresh',
  summary:
    'Exchange the refresh cookie for a new access token; rotates the cookie. Needs the header X-Tertulia: the protocol version.',
  http: 'POST /api/auth/refresh',
  access: 'cookie',
  input: z.strictObject({}),
  output: SessionGrant,
  errors: ['unauthenticated', 'session_ended', 'origin_refused'],
});

export const logout = command({
  name: 'logout',
  summary:
    'End the session of the refresh cookie on every node and clear the cookie. Needs the header X-Tertulia: the protocol version.',
  http: 'POST /api/auth/logout',
  access: 'cookie',
  input: z.strictObject({}),
  output: z.object({}),
  errors: ['origin_refused'],
});

export const getMe = command({
  name: 'getMe',
  summary: 'The account of this session.',
  http: 'GET /api/me',
  access: 'user',
  input: z.strictObject({}),
  output: Me,
  errors: ['unauthenticated', 'token_expired', 'session_ended'],
});

export const searchPeople = command({
  name: 'searchPeople',
  summary:
    'Find people by part of their name (accents and case ignored) or by their exact e-mail, which is never shown back.',
  http: 'GET /api/people',
  access: 'user',
  input: z.strictObject({ q: z.string().max(limits.email) }),
  output: z.object({ people: z.array(Person) }),
  errors: ['unauthenticated', 'token_expired', 'session_ended'],
});
