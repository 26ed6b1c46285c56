import type { Feed } from '../../conversation-log/public.js';
import { LocalSockets } from '../application/ports.js';

export class AudienceSockets extends LocalSockets {
  constructor(private readonly feed: Feed) {
    super();
  }

  areOf(userId: number): boolean {
    return this.feed.audience.user(userId) !== undefined;
  }
}
