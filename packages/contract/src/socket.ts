import { z } from 'zod';
import { command } from './command.js';
import { Id, Ver } from './ids.js';
import { PresenceChanged, Typing } from './presence.js';
import { Change, UserChanged } from './sync.js';

/** What a client puts into the `auth` payload of the socket.io handshake. */
export const Handshake = z.object({ token: z.string().max(4096), protocol: z.int() });
export type Handshake = z.infer<typeof Handshake>;

/** Renews the session of an open socket in band, before its access token runs out. Over the socket only. */
export const renewToken = command({
  name: 'renewToken',
  summary: 'Give an open socket its next access token. The user must be the same.',
  event: 'token:renew',
  access: 'user',
  input: z.strictObject({ token: z.string().max(4096) }),
  output: z.object({ expiresIn: z.int() }),
  errors: ['unauthenticated', 'token_expired', 'session_ended'],
});

/** Everything the server says unasked. */
export const serverEvents = {
  ready: z
    .object({ epoch: z.string(), user: Id, uver: Ver })
    .describe('In the stream of every conversation of the user: sync now, nothing can fall between'),
  change: Change,
  'user:changed': UserChanged,
  typing: Typing,
  presence: PresenceChanged,
  'sync:hint': z.object({}).describe('The server lost the thread for this socket: sync now'),
  bye: z.object({ after: z.int().describe('Milliseconds to wait before connecting again') }),
  'session:ended': z.object({ code: z.enum(['session_ended', 'token_expired']) }),
} as const;

/** The events as socket.io types, for both sides. */
export type ServerToClient = { [E in keyof typeof serverEvents]: (data: z.infer<(typeof serverEvents)[E]>) => void };
