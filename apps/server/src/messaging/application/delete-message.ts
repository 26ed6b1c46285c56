import type { deleteMessage, Input, Output } from '@tertulia/contract';
import type { ChangeFeed, ConversationFinder, EpochKeeper } from '../../conversation-log/public.js';
import { requireConversation } from '../../conversations/public.js';
import type { Actor } from '../../shared/actor.js';
import type { MessageEditor } from './ports.js';

export class DeleteMessage {
  constructor(
    private readonly conversations: ConversationFinder,
    private readonly editor: MessageEditor,
    private readonly feed: ChangeFeed,
    private readonly epochs: EpochKeeper,
  ) {}

  async execute(
    actor: Actor,
    { conversation: publicId, epoch, ...deletion }: Input<typeof deleteMessage>,
  ): Promise<Output<typeof deleteMessage>> {
    this.epochs.requireCurrent(epoch);
    const conversation = await requireConversation(this.conversations, publicId);
    const { ver } = await this.editor.delete(actor, conversation.id, deletion);
    this.feed.told(conversation.id, ver);
    return { ver };
  }
}
