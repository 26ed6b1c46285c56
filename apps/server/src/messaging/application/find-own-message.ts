import type { findOwnMessage, Input, Output } from '@tertulia/contract';
import type { ConversationFinder } from '../../conversation-log/public.js';
import { requireConversation } from '../../conversations/public.js';
import type { Actor } from '../../shared/actor.js';
import { AppError } from '../../shared/app-error.js';
import type { MessageReader } from './ports.js';

export class FindOwnMessage {
  constructor(
    private readonly conversations: ConversationFinder,
    private readonly messages: MessageReader,
  ) {}

  async execute(
    actor: Actor,
    { conversation: publicId, id }: Input<typeof findOwnMessage>,
  ): Promise<Output<typeof findOwnMessage>> {
    const conversation = await requireConversation(this.conversations, publicId);
    const place = await this.messages.placeOf(actor.userId, conversation.id, id);
    if (place === 'not a member') throw new AppError('conversation_not_found');
    if (place === null) throw new AppError('message_not_found');
    return place;
  }
}
