import type { Input, Output, startDirect } from '@tertulia/contract';
import type { ChangeFeed } from '../../conversation-log/public.js';
import type { People } from '../../identity/public.js';
import type { Actor } from '../../shared/actor.js';
import { AppError } from '../../shared/app-error.js';
import type { ConversationReader, ConversationWriter } from './ports.js';
import { requirePeople } from './require-people.js';

export class StartDirect {
  constructor(
    private readonly people: People,
    private readonly writer: ConversationWriter,
    private readonly reader: ConversationReader,
    private readonly feed: ChangeFeed,
  ) {}

  async execute(actor: Actor, { user }: Input<typeof startDirect>): Promise<Output<typeof startDirect>> {
    const [otherId] = await requirePeople(this.people, [user]);
    const { conversationId, isNew } = await this.writer.startDirect(actor, otherId!);
    if (isNew) this.feed.toldUsers([actor.userId, otherId!]);
    const row = await this.reader.row(actor.userId, conversationId);
    if (!row) throw new AppError('conversation_not_found');
    return { row };
  }
}
