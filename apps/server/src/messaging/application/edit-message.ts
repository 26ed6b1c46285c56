import type { editMessage, Input, Output } from '@tertulia/contract';
import type { ChangeFeed, ConversationFinder, EpochKeeper } from '../../conversation-log/public.js';
import { requireConversation } from '../../conversations/public.js';
import type { Actor } from '../../shared/actor.js';
import { composeBody } from '../domain/message-body.js';
import type { MessageEditor } from './ports.js';

export class EditMessage {
  constructor(
    private readonly conversations: ConversationFinder,
    private readonly editor: MessageEditor,
    private readonly feed: ChangeFeed,
    private readonly epochs: EpochKeeper,
  ) {}

  async execute(
    actor: Actor,
    { conversation: publicId, body, epoch, ...edit }: Input<typeof editMessage>,
  ): Promise<Output<typeof editMessage>> {
    const composed = composeBody(body);
    this.epochs.requireCurrent(epoch);
    const conversation = await requireConversation(this.conversations, publicId);
    const { ver } = await this.editor.edit(actor, conversation.id, { ...edit, body: composed });
    this.feed.told(conversation.id, ver);
    return { ver };
  }
}
