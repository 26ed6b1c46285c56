import type { getConversation, Input, listConversations, Output } from '@tertulia/contract';
import type { ConversationFinder, EpochKeeper } from '../../conversation-log/public.js';
import type { Actor } from '../../shared/actor.js';
import { AppError } from '../../shared/app-error.js';
import type { ConversationReader, ListPlace } from './ports.js';
import { requireConversation } from './require-conversation.js';

export class ListConversations {
  constructor(
    private readonly reader: ConversationReader,
    private readonly epoch: EpochKeeper,
  ) {}

  async execute(
    actor: Actor,
    { before, limit }: Input<typeof listConversations>,
  ): Promise<Output<typeof listConversations>> {
    // The counter first: what changes between the two reads is told again by sync, never lost.
    const uver = await this.reader.uver(actor.userId);
    const { rows, next } = await this.reader.list(actor.userId, before === undefined ? null : readPlace(before), limit);
    return { rows, next: next && next.join('.'), uver, epoch: this.epoch.current };
  }
}

export class GetConversation {
  constructor(
    private readonly conversations: ConversationFinder,
    private readonly reader: ConversationReader,
  ) {}

  async execute(
    actor: Actor,
    { conversation: publicId }: Input<typeof getConversation>,
  ): Promise<Output<typeof getConversation>> {
    const { id } = await requireConversation(this.conversations, publicId);
    const row = await this.reader.row(actor.userId, id);
    if (!row) throw new AppError('conversation_not_found');
    return { row, members: await this.reader.members(id) };
  }
}

function readPlace(text: string): ListPlace {
  const match = /^(\d{1,17})\.([\w-]{16})$/.exec(text);
  if (!match) throw new AppError('invalid_input', { path: 'before', reason: 'must be `next` of the page before' });
  return [Number(match[1]), match[2]!];
}
