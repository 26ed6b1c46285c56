import type { ChangeReader, Feed } from '../../conversation-log/public.js';
import type { Database } from '../../platform/database/database.js';
import type { ConversationReader } from '../application/ports.js';
import { GroupChanges, MemberChanges } from './conversation-changes.js';

/** Teaches the log, which knows nothing of what it carries, to read what this feature writes into it. */
export class RegisterLoaders {
  constructor(database: Database, changes: ChangeReader, feed: Feed, conversations: ConversationReader) {
    changes.register(new MemberChanges(database));
    changes.register(new GroupChanges(database));
    feed.loadUserChangesWith({ load: (userId, uver, limit) => conversations.changedSince(userId, uver, limit) });
  }
}
