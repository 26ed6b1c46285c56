import type { Input, Output, renameGroup } from '@tertulia/contract';
import type { ChangeFeed, ConversationFinder } from '../../conversation-log/public.js';
import type { Actor } from '../../shared/actor.js';
import type { ConversationWriter } from './ports.js';
import { requireConversation } from './require-conversation.js';

export class RenameGroup {
  constructor(
    private readonly conversations: ConversationFinder,
    private readonly writer: ConversationWriter,
    private readonly feed: ChangeFeed,
  ) {}

  async execute(
    actor: Actor,
    { conversation: publicId, op, name }: Input<typeof renameGroup>,
  ): Promise<Output<typeof renameGroup>> {
    const conversation = await requireConversation(this.conversations, publicId);
    const { ver } = await this.writer.rename(actor, conversation.id, op, name);
    this.feed.told(conversation.id, ver);
    return { ver };
  }
}
