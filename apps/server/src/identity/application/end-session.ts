import type { Actor } from '../../shared/actor.js';
import { AppError } from '../../shared/app-error.js';
import type { Audit, SessionEnds, Sessions } from './ports.js';

export class EndSession {
  constructor(
    private readonly sessions: Sessions,
    private readonly ends: SessionEnds,
    private readonly audit: Audit,
  ) {}

  async execute({ userId }: Actor, session: string, address: string): Promise<void> {
    const ended = await this.sessions.endOwn(userId, session);
    if (ended === null) throw new AppError('session_not_found');
    this.ends.sessionEnded(ended);
    await this.audit.record({
      action: 'session_ended',
      actorId: userId,
      subjectId: userId,
      address,
      data: { session },
    });
  }
}
