import type { Input, markRead, Output } from '@tertulia/contract';
import type { ChangeFeed, ConversationFinder } from '../../conversation-log/public.js';
import type { Actor } from '../../shared/actor.js';
import type { ConversationWriter } from './ports.js';
import { requireConversation } from './require-conversation.js';

export class MarkRead {
  constructor(
    private readonly conversations: ConversationFinder,
    private readonly writer: ConversationWriter,
    private readonly feed: ChangeFeed,
  ) {}

  async execute(
    actor: Actor,
    { conversation: publicId, rev, seq }: Input<typeof markRead>,
  ): Promise<Output<typeof markRead>> {
    const conversation = await requireConversation(this.conversations, publicId);
    const { moved, ...mark } = await this.writer.markRead(actor, conversation.id, rev, seq);
    if (moved) this.feed.toldUsers([actor.userId]);
    return mark;
  }
}
