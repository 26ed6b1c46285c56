import type { Actor } from '../../shared/actor.js';
import type { Audit, SessionEnds, Sessions } from './ports.js';

export class EndOtherSessions {
  constructor(
    private readonly sessions: Sessions,
    private readonly ends: SessionEnds,
    private readonly audit: Audit,
  ) {}

  async execute({ userId, sessionId }: Actor, address: string): Promise<{ ended: number }> {
    const ended = await this.sessions.endAllOf(userId, sessionId);
    for (const id of ended) this.ends.sessionEnded(id);
    const data = { ended: ended.length };
    await this.audit.record({ action: 'sessions_ended', actorId: userId, subjectId: userId, address, data });
    return data;
  }
}
