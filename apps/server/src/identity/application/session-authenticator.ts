import { AppError } from '../../shared/app-error.js';
import { Authenticator, type Authenticated } from '../../shared/authenticator.js';
import type { Sessions, Tokens } from './ports.js';

/** A valid signature is not enough: the session must be alive now. */
export class SessionAuthenticator extends Authenticator {
  constructor(
    private readonly tokens: Tokens,
    private readonly sessions: Sessions,
  ) {
    super();
  }

  async authenticate(token: string): Promise<Authenticated> {
    const claims = await this.tokens.verifyAccess(token);
    const actor = await this.sessions.findActor(claims.session);
    if (!actor || actor.user !== claims.user) throw new AppError('session_ended');
    return { actor, expiresAt: claims.expiresAt };
  }
}
