import type { Audit, SessionEnds, Sessions, Tokens } from './ports.js';

export class LogOut {
  constructor(
    private readonly sessions: Sessions,
    private readonly tokens: Tokens,
    private readonly ends: SessionEnds,
    private readonly audit: Audit,
  ) {}

  /** Nothing to end is no error: the person wanted to be out, and is. */
  async execute(refreshToken: string | undefined, address: string): Promise<void> {
    const token = refreshToken === undefined ? null : this.tokens.readRefresh(refreshToken);
    const session = token && (await this.sessions.find(token.session));
    if (!session || (await this.sessions.endOwn(session.userId, session.publicId)) === null) return;
    this.ends.sessionEnded(session.id);
    await this.audit.record({ action: 'logged_out', actorId: session.userId, subjectId: session.userId, address });
  }
}
