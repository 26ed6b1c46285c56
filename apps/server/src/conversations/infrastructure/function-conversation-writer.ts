import { sql, type SQL } from 'drizzle-orm';
import type { ErrorCode } from '@tertulia/contract';
import { singleCall, type Lane } from '../../conversation-log/public.js';
import type { Database } from '../../platform/database/database.js';
import type { Actor } from '../../shared/actor.js';
import { AppError } from '../../shared/app-error.js';
import { newPublicId } from '../../shared/public-id.js';
import { ConversationWriter, type GroupChange, type Made, type ReadMark } from '../application/ports.js';

type Outcome = 'stored' | 'already' | ErrorCode;

/** Each command is one call of a database function (migrations/0001_functions.sql) through the send lane. */
export class FunctionConversationWriter extends ConversationWriter {
  constructor(
    private readonly database: Database,
    private readonly lane: Lane,
  ) {
    super();
  }

  startDirect(actor: Actor, otherId: number): Promise<Made> {
    return this.make(sql`start_direct(${actor.userId}, ${actor.sessionId}, ${otherId}, ${newPublicId()})`);
  }

  createGroup(actor: Actor, op: string, name: string, userIds: readonly number[]): Promise<Made> {
    return this.make(
      sql`create_group(${actor.userId}, ${actor.sessionId}, ${op}, ${newPublicId()}, ${name}, ${bigints(userIds)})`,
    );
  }

  addMembers(actor: Actor, conversationId: number, op: string, userIds: readonly number[]): Promise<GroupChange> {
    return this.change(
      sql`add_members(${conversationId}, ${actor.userId}, ${actor.sessionId}, ${op}, ${bigints(userIds)})`,
    );
  }

  removeMember(actor: Actor, conversationId: number, op: string, userId: number): Promise<GroupChange> {
    return this.change(sql`remove_member(${conversationId}, ${actor.userId}, ${actor.sessionId}, ${op}, ${userId})`);
  }

  rename(actor: Actor, conversationId: number, op: string, name: string): Promise<GroupChange> {
    return this.change(sql`rename_group(${conversationId}, ${actor.userId}, ${actor.sessionId}, ${op}, ${name})`);
  }

  async markRead(actor: Actor, conversationId: number, rev: number, seq: number): Promise<ReadMark> {
    const row = await this.call<{ read_rev: number; read_seq: number; uver: number; unread: number }>(
      sql`select * from mark_read(${conversationId}, ${actor.userId}, ${actor.sessionId}, ${rev}, ${seq})`,
    );
    return {
      readRev: row.read_rev,
      readSeq: row.read_seq,
      uver: row.uver,
      unread: row.unread,
      moved: row.outcome === 'stored',
    };
  }

  private async make(call: SQL): Promise<Made> {
    const row = await this.call<{ conversation_id: number }>(sql`select * from ${call}`);
    return { conversationId: row.conversation_id, isNew: row.outcome === 'stored' };
  }

  private async change(call: SQL): Promise<GroupChange> {
    // As JSON, for the driver gives an array of bigint as an array of strings.
    const query = sql`select outcome, ver, to_json(coalesce(concerned, '{}')) as concerned from ${call}`;
    const { ver, concerned } = await this.call<{ ver: number; concerned: number[] }>(query);
    return { ver, concerned };
  }

  private async call<R extends Record<string, unknown>>(query: SQL): Promise<R & { outcome: Outcome }> {
    const row = (await this.lane.append(singleCall, async () => {
      const { rows } = await this.database.lane.execute(query);
      return rows[0];
    })) as R & { outcome: Outcome };
    if (row.outcome !== 'stored' && row.outcome !== 'already') throw new AppError(row.outcome);
    return row;
  }
}

const bigints = (ids: readonly number[]): SQL => sql`${sql.param([...ids])}::bigint[]`;
