import type { addMembers, Input, Output } from '@tertulia/contract';
import type { ChangeFeed, ConversationFinder } from '../../conversation-log/public.js';
import type { People } from '../../identity/public.js';
import type { Actor } from '../../shared/actor.js';
import type { ConversationWriter } from './ports.js';
import { requireConversation } from './require-conversation.js';
import { requirePeople } from './require-people.js';

export class AddMembers {
  constructor(
    private readonly conversations: ConversationFinder,
    private readonly people: People,
    private readonly writer: ConversationWriter,
    private readonly feed: ChangeFeed,
  ) {}

  async execute(actor: Actor, input: Input<typeof addMembers>): Promise<Output<typeof addMembers>> {
    const conversation = await requireConversation(this.conversations, input.conversation);
    const userIds = await requirePeople(this.people, input.users);
    const { ver, concerned } = await this.writer.addMembers(actor, conversation.id, input.op, userIds);
    this.feed.told(conversation.id, ver);
    this.feed.toldUsers(concerned);
    return { ver };
  }
}
