import type { Me, SessionGrant } from '@tertulia/contract';
import { AppError } from '../../shared/app-error.js';
import type { Account, Device, SessionRecord, Sessions, Tokens } from './ports.js';

/** What a client gets when a session begins or goes on: an access token in the body, the refresh token for the cookie. */
export interface Granted {
  grant: SessionGrant;
  refreshToken: string;
}

export class GrantSession {
  constructor(
    private readonly sessions: Sessions,
    private readonly tokens: Tokens,
  ) {}

  /** Throws wrong_credentials when the password was changed since it was checked. */
  async open(account: Account, device: Device): Promise<Granted> {
    const session = await this.sessions.open(account, device);
    if (!session) throw new AppError('wrong_credentials');
    return this.for(account, session);
  }

  async for(account: Account, session: SessionRecord): Promise<Granted> {
    const access = await this.tokens.signAccess(account.id, session.publicId);
    return {
      grant: { ...access, session: session.publicId, user: toMe(account) },
      refreshToken: this.tokens.makeRefresh(session.publicId, session.generation),
    };
  }
}

export const toMe = ({ id, name, email, role }: Account): Me => ({ id, name, email, role });
