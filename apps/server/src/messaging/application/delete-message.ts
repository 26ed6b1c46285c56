import type { deleteMessage, Input, Output } from '@tertulia/contract';
import type { ChangeFeed, ConversationFinder } from '../../conversation-log/public.js';
import { requireConversation } from '../../conversations/public.js';
import type { Actor } from '../../shared/actor.js';
import type { MessageEditor } from './ports.js';

export class DeleteMessage {
  constructor(
    private readonly conversations: ConversationFinder,
    private readonly editor: MessageEditor,
    private readonly feed: ChangeFeed,
  ) {}

  async execute(
    actor: Actor,
    { conversation: publicId, ...deletion }: Input<typeof deleteMessage>,
  ): Promise<Output<typeof deleteMessage>> {
    const conversation = await requireConversation(this.conversations, publicId);
    const { ver } = await this.editor.delete(actor, conversation.id, deletion);
    this.feed.told(conversation.id, ver);
    return { ver };
  }
}
