import { sql, type SQL } from 'drizzle-orm';
import type { ErrorCode } from '@tertulia/contract';
import { singleCall, type Lane } from '../../conversation-log/public.js';
import type { Database } from '../../platform/database/database.js';
import type { Actor } from '../../shared/actor.js';
import { AppError } from '../../shared/app-error.js';
import { MessageEditor } from '../application/ports.js';

type Row = { outcome: 'stored' | 'already' | ErrorCode; seq: number; ver: number };

/** Each is one database function, through the same lane as the sends: one order for all that a conversation is told. */
export class FunctionMessageEditor extends MessageEditor {
  constructor(
    private readonly database: Database,
    private readonly lane: Lane,
  ) {
    super();
  }

  edit(
    actor: Actor,
    conversationId: number,
    { op, seq, base, body }: { op: string; seq: number; base: number; body: string },
  ): Promise<{ ver: number }> {
    return this.call(
      sql`edit_message(${conversationId}, ${actor.userId}, ${actor.sessionId}, ${op}, ${seq}, ${base}, ${body})`,
    );
  }

  delete(actor: Actor, conversationId: number, { op, seq }: { op: string; seq: number }): Promise<{ ver: number }> {
    return this.call(sql`delete_message(${conversationId}, ${actor.userId}, ${actor.sessionId}, ${op}, ${seq})`);
  }

  cancel(actor: Actor, conversationId: number, id: string): Promise<{ seq: number; ver: number }> {
    return this.call(sql`cancel_message(${conversationId}, ${actor.userId}, ${actor.sessionId}, ${id})`);
  }

  private async call(call: SQL): Promise<{ seq: number; ver: number }> {
    const { outcome, seq, ver } = (await this.lane.append(singleCall, async () => {
      const { rows } = await this.database.lane.execute<Row>(sql`select * from ${call}`);
      return rows[0];
    })) as Row;
    if (outcome === 'stored' || outcome === 'already') return { seq, ver };
    throw new AppError(outcome, outcome === 'stale' ? { ver } : undefined);
  }
}
