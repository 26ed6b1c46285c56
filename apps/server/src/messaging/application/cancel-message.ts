import type { cancelMessage, Input, Output } from '@tertulia/contract';
import type { ChangeFeed, ConversationFinder } from '../../conversation-log/public.js';
import { requireConversation } from '../../conversations/public.js';
import type { Actor } from '../../shared/actor.js';
import type { MessageEditor } from './ports.js';

export class CancelMessage {
  constructor(
    private readonly conversations: ConversationFinder,
    private readonly editor: MessageEditor,
    private readonly feed: ChangeFeed,
  ) {}

  async execute(
    actor: Actor,
    { conversation: publicId, id }: Input<typeof cancelMessage>,
  ): Promise<Output<typeof cancelMessage>> {
    const conversation = await requireConversation(this.conversations, publicId);
    const { seq, ver } = await this.editor.cancel(actor, conversation.id, id);
    this.feed.told(conversation.id, ver);
    return { seq, ver };
  }
}
