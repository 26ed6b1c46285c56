import type { getMessages, Input, Output } from '@tertulia/contract';
import type { ConversationFinder } from '../../conversation-log/public.js';
import { requireConversation } from '../../conversations/public.js';
import type { Actor } from '../../shared/actor.js';
import { AppError } from '../../shared/app-error.js';
import type { MessageReader } from './ports.js';

export class GetMessages {
  constructor(
    private readonly conversations: ConversationFinder,
    private readonly messages: MessageReader,
  ) {}

  async execute(
    actor: Actor,
    { conversation: publicId, ...request }: Input<typeof getMessages>,
  ): Promise<Output<typeof getMessages>> {
    const conversation = await requireConversation(this.conversations, publicId);
    const page = await this.messages.page(actor.userId, conversation.id, request);
    if (!page) throw new AppError('conversation_not_found');
    return page;
  }
}
