import { AppError } from '../../shared/app-error.js';
import type { GrantSession, Granted } from './grant-session.js';
import type { Accounts, SessionEnds, Sessions, Tokens } from './ports.js';

export class RefreshSession {
  constructor(
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly tokens: Tokens,
    private readonly grants: GrantSession,
    private readonly ends: SessionEnds,
  ) {}

  async execute(refreshToken: string | undefined): Promise<Granted> {
    const token = refreshToken === undefined ? null : this.tokens.readRefresh(refreshToken);
    if (!token) throw new AppError('unauthenticated');
    const rotation = await this.sessions.rotate(token.session, token.generation);
    if (rotation.outcome === 'reused') await this.cut(token.session);
    if (!rotation.session) throw new AppError('session_ended');
    const account = await this.accounts.findById(rotation.session.userId);
    // A session that began in the moment of the suspension is not among those it ended.
    if (!account || account.suspended) throw new AppError('session_ended');
    return this.grants.for(account, rotation.session);
  }

  private async cut(session: string): Promise<void> {
    const record = await this.sessions.find(session);
    if (record) this.ends.sessionEnded(record.id);
  }
}
