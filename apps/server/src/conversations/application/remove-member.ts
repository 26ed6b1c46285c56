import type { Input, leaveGroup, Output, removeMember } from '@tertulia/contract';
import type { ChangeFeed, ConversationFinder } from '../../conversation-log/public.js';
import type { People } from '../../identity/public.js';
import type { Actor } from '../../shared/actor.js';
import type { ConversationWriter } from './ports.js';
import { requireConversation } from './require-conversation.js';
import { requirePeople } from './require-people.js';

/** Leaving is removing oneself. */
export class RemoveMember {
  constructor(
    private readonly conversations: ConversationFinder,
    private readonly people: People,
    private readonly writer: ConversationWriter,
    private readonly feed: ChangeFeed,
  ) {}

  async execute(
    actor: Actor,
    { conversation, op, user }: Input<typeof removeMember>,
  ): Promise<Output<typeof removeMember>> {
    const [userId] = await requirePeople(this.people, [user]);
    return this.remove(actor, conversation, op, userId!);
  }

  leave(actor: Actor, { conversation, op }: Input<typeof leaveGroup>): Promise<Output<typeof leaveGroup>> {
    return this.remove(actor, conversation, op, actor.userId);
  }

  private async remove(actor: Actor, publicId: string, op: string, userId: number): Promise<{ ver: number }> {
    const conversation = await requireConversation(this.conversations, publicId);
    const { ver, concerned } = await this.writer.removeMember(actor, conversation.id, op, userId);
    this.feed.told(conversation.id, ver);
    this.feed.toldUsers(concerned);
    return { ver };
  }
}
