import { sql, type SQL } from 'drizzle-orm';
import type { ErrorCode } from '@tertulia/contract';
import type { Batcher, Lane } from '../../conversation-log/public.js';
import type { Database } from '../../platform/database/database.js';
import { databaseErrorCode } from '../../platform/database/database-errors.js';
import { AppError } from '../../shared/app-error.js';
import { MessageLog, type Appended, type NewMessage } from '../application/ports.js';

interface Stored {
  outcome: 'stored' | 'already' | 'locked' | ErrorCode;
  seq: number;
  ver: number;
  tag: number;
  at: number;
}

const MAX_BATCH = 200;
const columns = {
  outcome: sql<Stored['outcome']>`outcome`,
  seq: sql<number>`seq`,
  ver: sql<number>`ver`,
  tag: sql<number>`tag`,
  at: sql<number>`at_ms`.mapWith(Number),
};

/** Step 5 of docs/life-of-a-message.md: messages through the lane into send_message() and send_messages(). */
export class LaneMessageLog extends MessageLog {
  private readonly batcher: Batcher<NewMessage, Stored>;

  constructor(
    database: Database,
    private readonly lane: Lane,
  ) {
    super();
    this.batcher = new MessageBatcher(database);
  }

  async append(message: NewMessage): Promise<Appended> {
    const { outcome, ...place } = await this.lane.append(this.batcher, message);
    if (outcome === 'stored' || outcome === 'already') return { isNew: outcome === 'stored', ...place };
    throw new AppError(outcome === 'locked' ? 'busy' : outcome);
  }
}

class MessageBatcher implements Batcher<NewMessage, Stored> {
  readonly max = MAX_BATCH;
  private readonly one;
  private readonly many;

  constructor(database: Database) {
    this.one = database.lane
      .select(columns)
      .from(
        sql`send_message(${p('conversation')}::bigint, ${p('actor')}::bigint, ${p('session')}::bigint, ${p('id')}::uuid, ${p('body')}::text)`,
      )
      .prepare('send_message');
    this.many = database.lane
      .select(columns)
      .from(
        sql`send_messages(${p('conversations')}::bigint[], ${p('actors')}::bigint[], ${p('sessions')}::bigint[], ${p('ids')}::uuid[], ${p('bodies')}::text[], ${p('skip')}::boolean)`,
      )
      .prepare('send_messages');
  }

  /** An upper bound without encoding the text: what a batch may weigh is no exact science. */
  bytes(message: NewMessage): number {
    return message.body.length * 3;
  }

  async store(messages: readonly NewMessage[]): Promise<Stored[]> {
    const [only] = messages;
    if (messages.length === 1 && only) return [await this.storeOne(only)];
    try {
      return await this.storeMany(messages, false);
    } catch (error) {
      if (databaseErrorCode(error) !== 'busy') throw error;
      return this.storeAroundLocks(messages);
    }
  }

  /** Another node holds one of the conversations: the rest need not wait for it, and what was skipped goes alone. */
  private async storeAroundLocks(messages: readonly NewMessage[]): Promise<Stored[]> {
    const results = await this.storeMany(messages, true);
    for (const [index, result] of results.entries()) {
      if (result.outcome === 'locked') results[index] = await this.storeOne(messages[index]!).catch(lockedOrThrow);
    }
    return results;
  }

  private async storeOne({ conversation, actor, id, body }: NewMessage): Promise<Stored> {
    const [stored] = await this.one.execute({
      conversation: conversation.id,
      actor: actor.userId,
      session: actor.sessionId,
      id,
      body,
    });
    return stored!;
  }

  private storeMany(messages: readonly NewMessage[], skip: boolean): Promise<Stored[]> {
    return this.many.execute({
      conversations: messages.map(({ conversation }) => conversation.id),
      actors: messages.map(({ actor }) => actor.userId),
      sessions: messages.map(({ actor }) => actor.sessionId),
      ids: messages.map(({ id }) => id),
      bodies: messages.map(({ body }) => body),
      skip,
    });
  }
}

function lockedOrThrow(error: unknown): Stored {
  if (databaseErrorCode(error) !== 'busy') throw error;
  return { outcome: 'locked', seq: 0, ver: 0, tag: 0, at: 0 };
}

const p = (name: string): SQL => sql`${sql.placeholder(name)}`;
