import { setTimeout } from 'node:timers/promises';
import type { Logger } from '../../platform/logging/logger.js';
import type { Emitter } from '../../platform/realtime/emitter.js';
import type { JoinRow, UserChangeLoader } from '../application/ports.js';
import type { Audience } from './audience.js';
import type { ConversationDirectory } from './conversation-directory.js';

/** Rows read at once. */
const FILL = 200;
const RETRY_MS = 500;

/** What concerns one user alone: their rows in the order of uver, and the streams that a row brings with it. */
export class UserFeed {
  private readonly working = new Map<number, Promise<void>>();
  private changes: UserChangeLoader | null = null;

  constructor(
    private readonly audience: Audience,
    private readonly directory: ConversationDirectory,
    private readonly emitter: Emitter,
    private readonly join: (userId: number, row: JoinRow) => Promise<void>,
    private readonly logger: Logger,
  ) {}

  loadWith(loader: UserChangeLoader): void {
    this.changes = loader;
  }

  heard(userIds: readonly number[]): void {
    for (const userId of userIds) if (this.audience.user(userId)) this.queue(userId);
  }

  private queue(userId: number): void {
    const done = (this.working.get(userId) ?? Promise.resolve())
      .then(() => this.tell(userId))
      .catch(async (error: unknown) => {
        this.logger.warn({ error: (error as Error).message }, 'feed could not read a user; trying again');
        await setTimeout(RETRY_MS);
        this.heard([userId]);
      })
      .finally(() => {
        if (this.working.get(userId) === done) this.working.delete(userId);
      });
    this.working.set(userId, done);
  }

  private async tell(userId: number): Promise<void> {
    const local = this.audience.user(userId);
    if (!local || !this.changes) return;
    for (const { conversationId, left, ...changed } of await this.changes.load(userId, local.lastUver, FILL)) {
      const { ver, me } = changed.row;
      const isNew = !left && !this.audience.hasJoined(userId, conversationId, me.joinedVer);
      const added = isNew ? (await this.directory.readJoined(userId, conversationId))[0] : undefined;
      local.lastUver = changed.uver;
      this.emitter.toUsers([userId], 'user:changed', changed);
      if (added) await this.join(userId, { ...added, ver });
    }
  }
}
