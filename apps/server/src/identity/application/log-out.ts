import type { SessionEnds, Sessions, Tokens } from './ports.js';

export class LogOut {
  constructor(
    private readonly sessions: Sessions,
    private readonly tokens: Tokens,
    private readonly ends: SessionEnds,
  ) {}

  /** Nothing to end is no error: the person wanted to be out, and is. */
  async execute(refreshToken: string | undefined): Promise<void> {
    const token = refreshToken === undefined ? null : this.tokens.readRefresh(refreshToken);
    const session = token && (await this.sessions.find(token.session));
    if (!session) return;
    await this.sessions.end(session.id);
    this.ends.sessionEnded(session.id);
  }
}
