import type { Actor } from './actor.js';

/** Turns an access token into who is asking. Throws unauthenticated, token_expired or session_ended. */
export abstract class Authenticator {
  abstract authenticate(token: string): Promise<Authenticated>;
}

export interface Authenticated {
  actor: Actor;
  /** Milliseconds since 1970, by the Clock. */
  expiresAt: number;
}
