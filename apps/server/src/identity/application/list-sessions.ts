import type { listSessions, Output } from '@tertulia/contract';
import type { Actor } from '../../shared/actor.js';
import type { Sessions } from './ports.js';

export class ListSessions {
  constructor(private readonly sessions: Sessions) {}

  async execute({ userId, session }: Actor): Promise<Output<typeof listSessions>> {
    const alive = await this.sessions.listOf(userId);
    const marked = alive.map((each) => ({ ...each, isCurrent: each.id === session }));
    return { sessions: [...marked.filter((each) => each.isCurrent), ...marked.filter((each) => !each.isCurrent)] };
  }
}
