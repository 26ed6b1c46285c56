import { limits, type Input, type Output, type sync } from '@tertulia/contract';
import type { EpochKeeper } from '../../conversation-log/public.js';
import type { ConversationReader } from '../../conversations/public.js';
import type { Actor } from '../../shared/actor.js';
import { AtMost } from '../../shared/at-most.js';
import type { MessageReader } from './ports.js';

/** A herd that comes back at once must leave the database time for those who write. */
const AT_ONCE = 20;

/** Everything since the client's cursors, in one round trip. */
export class Sync {
  private readonly turns = new AtMost(AT_ONCE);

  constructor(
    private readonly epoch: EpochKeeper,
    private readonly rows: ConversationReader,
    private readonly messages: MessageReader,
  ) {}

  execute(actor: Actor, input: Input<typeof sync>): Promise<Output<typeof sync>> {
    return this.turns.run(() => this.answer(actor, input));
  }

  private async answer(actor: Actor, { epoch, uver, cursors }: Input<typeof sync>): Promise<Output<typeof sync>> {
    const current = this.epoch.current;
    if (epoch !== null && epoch !== current) return this.reset(actor, current);
    const news = await this.messages.since(actor.userId, cursors);
    if (!news) return this.reset(actor, current);
    const changed = await this.rows.changedSince(actor.userId, uver, limits.page);
    // Ahead of us: this database is an older copy of the one the client knew.
    if (changed.length === 0 && uver > (await this.rows.uver(actor.userId))) return this.reset(actor, current);
    return {
      epoch: current,
      reset: false,
      uver: changed.at(-1)?.uver ?? uver,
      rows: changed.map(({ row }) => row),
      moreRows: changed.length === limits.page,
      ...news,
    };
  }

  private async reset(actor: Actor, epoch: string): Promise<Output<typeof sync>> {
    return {
      epoch,
      reset: true,
      uver: await this.rows.uver(actor.userId),
      rows: [],
      moreRows: false,
      conversations: [],
      gone: [],
    };
  }
}
