import { z } from 'zod';
import { command } from './command.js';
import { Id } from './ids.js';
import { limits } from './limits.js';

/**
 * Whether a person is connected anywhere. `unknown`: one may not know, or no one knows just now. Newer servers may add
 * states: show one you do not know as `unknown`.
 */
export const PresenceState = z.enum(['online', 'offline', 'unknown']);
export type PresenceState = z.infer<typeof PresenceState>;

export const PersonPresence = z.object({ user: Id, state: PresenceState });
export type PersonPresence = z.infer<typeof PersonPresence>;

/** Over the socket only: whoever has none is not seen typing and watches nobody. */
export const setTyping = command({
  name: 'setTyping',
  summary:
    'Tell the others of a conversation that one is typing; at most once per `typingEvery`. Groups of more than `typingMembers` people are told nothing.',
  event: 'typing:set',
  access: 'user',
  input: z.strictObject({ conversation: Id }),
  output: z.object({}),
  errors: ['unauthenticated', 'token_expired', 'session_ended', 'conversation_not_found'],
});

export const watchPresence = command({
  name: 'watchPresence',
  summary:
    'How these people are now, and from now on in `presence` events. Replaces what this socket watched before; lives for `presenceWatch`.',
  event: 'presence:watch',
  access: 'user',
  input: z.strictObject({ users: z.array(Id).max(limits.presenceUsers) }),
  output: z.object({
    users: z.array(PersonPresence).describe('Who shares no conversation with the asker is unknown, and stays so'),
  }),
  errors: ['unauthenticated', 'token_expired', 'session_ended'],
});

/** Somebody else is typing; may get lost. Over after `typingLife`, or with their next message there. */
export const Typing = z.object({ conversation: Id, user: Id });
export type Typing = z.infer<typeof Typing>;

/** Watched people whose state has changed, gathered for a moment. */
export const PresenceChanged = z.object({ users: z.array(PersonPresence) });
export type PresenceChanged = z.infer<typeof PresenceChanged>;
