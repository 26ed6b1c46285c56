import type { createGroup, Input, Output } from '@tertulia/contract';
import type { ChangeFeed } from '../../conversation-log/public.js';
import type { People } from '../../identity/public.js';
import type { Actor } from '../../shared/actor.js';
import { AppError } from '../../shared/app-error.js';
import type { ConversationReader, ConversationWriter } from './ports.js';
import { requirePeople } from './require-people.js';

export class CreateGroup {
  constructor(
    private readonly people: People,
    private readonly writer: ConversationWriter,
    private readonly reader: ConversationReader,
    private readonly feed: ChangeFeed,
  ) {}

  async execute(actor: Actor, { op, name, users }: Input<typeof createGroup>): Promise<Output<typeof createGroup>> {
    const userIds = await requirePeople(this.people, users);
    const { conversationId } = await this.writer.createGroup(actor, op, name, userIds);
    this.feed.toldUsers([actor.userId, ...userIds]);
    const row = await this.reader.row(actor.userId, conversationId);
    if (!row) throw new AppError('conversation_not_found');
    return { row };
  }
}
