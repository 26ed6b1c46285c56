import type { Input, Output, sendMessage } from '@tertulia/contract';
import type { ChangeFeed, ConversationFinder, ConversationRef, LoggedChange } from '../../conversation-log/public.js';
import { requireConversation, type StartDirect } from '../../conversations/public.js';
import type { Actor } from '../../shared/actor.js';
import { composeBody } from '../domain/message-body.js';
import type { Appended, MessageLog, NewMessage } from './ports.js';

/** Step 4 of docs/life-of-a-message.md. May they? is answered under the lock, by the database function behind `append`. */
export class SendMessage {
  constructor(
    private readonly conversations: ConversationFinder,
    private readonly startDirect: StartDirect,
    private readonly log: MessageLog,
    private readonly feed: ChangeFeed,
  ) {}

  async execute(actor: Actor, input: Input<typeof sendMessage>): Promise<Output<typeof sendMessage>> {
    const body = composeBody(input.body);
    const conversation = await this.destination(actor, input);
    const message = { conversation, actor, id: input.id, body };
    const appended = await this.log.append(message);
    if (appended.isNew) this.feed.committed(conversation, created(message, appended));
    // An id that is stored already may be the retry of a send whose process died before it could tell anybody.
    else this.feed.told(conversation.id, appended.ver);
    return { conversation: conversation.publicId, seq: appended.seq, ver: appended.ver, at: appended.at };
  }

  private async destination(actor: Actor, { conversation, to }: Input<typeof sendMessage>): Promise<ConversationRef> {
    if (to === undefined) return requireConversation(this.conversations, conversation ?? '');
    const { row } = await this.startDirect.execute(actor, { user: to });
    return requireConversation(this.conversations, row.id);
  }
}

function created({ conversation, actor, id, body }: NewMessage, { seq, ver, tag, at }: Appended): LoggedChange {
  return {
    wire: {
      conversation: conversation.publicId,
      ver,
      tag,
      kind: 'message:created',
      message: { seq, ver, id, sender: actor.user, body, at },
    },
  };
}
