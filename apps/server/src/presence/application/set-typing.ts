import type { Input, Output, setTyping } from '@tertulia/contract';
import type { ConversationFinder } from '../../conversation-log/public.js';
import { requireConversation } from '../../conversations/public.js';
import type { Actor } from '../../shared/actor.js';
import { AppError } from '../../shared/app-error.js';
import type { TypingPace } from '../domain/typing-pace.js';
import type { TypingScope, TypingTeller } from './ports.js';

export class SetTyping {
  constructor(
    private readonly conversations: ConversationFinder,
    private readonly scope: TypingScope,
    private readonly teller: TypingTeller,
    private readonly pace: TypingPace,
  ) {}

  async execute(actor: Actor, { conversation }: Input<typeof setTyping>): Promise<Output<typeof setTyping>> {
    const ref = await requireConversation(this.conversations, conversation);
    if (this.pace.isTooSoon(actor.userId, ref.id)) return {};
    const { isMember, isSmall } = await this.scope.of(actor.userId, ref.id);
    if (!isMember) throw new AppError('conversation_not_found');
    // Asked anew: another one may have come while the scope was read.
    if (!isSmall || this.pace.isTooSoon(actor.userId, ref.id)) return {};
    this.pace.tells(actor.userId, ref.id);
    this.teller.tell(ref, actor);
    return {};
  }
}
