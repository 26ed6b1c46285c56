import { Controller } from '@nestjs/common';
import { getMessages, sendMessage, sync, type Input, type Output } from '@tertulia/contract';
import { By, In, Route } from '../../platform/http/route.js';
import type { Actor } from '../../shared/actor.js';
import { GetMessages } from '../application/get-messages.js';
import { SendMessage } from '../application/send-message.js';
import { Sync } from '../application/sync.js';

@Controller()
export class MessagesController {
  constructor(
    private readonly sending: SendMessage,
    private readonly getting: GetMessages,
    private readonly syncing: Sync,
  ) {}

  @Route(sendMessage)
  send(@By() actor: Actor, @In() input: Input<typeof sendMessage>): Promise<Output<typeof sendMessage>> {
    return this.sending.execute(actor, input);
  }

  @Route(getMessages)
  page(@By() actor: Actor, @In() input: Input<typeof getMessages>): Promise<Output<typeof getMessages>> {
    return this.getting.execute(actor, input);
  }

  @Route(sync)
  sync(@By() actor: Actor, @In() input: Input<typeof sync>): Promise<Output<typeof sync>> {
    return this.syncing.execute(actor, input);
  }
}
