import { Controller } from '@nestjs/common';
import {
  cancelMessage,
  deleteMessage,
  editMessage,
  findOwnMessage,
  getMessages,
  sendMessage,
  sync,
  type Input,
  type Output,
} from '@tertulia/contract';
import { By, In, Route } from '../../platform/http/route.js';
import type { Actor } from '../../shared/actor.js';
import { CancelMessage } from '../application/cancel-message.js';
import { DeleteMessage } from '../application/delete-message.js';
import { EditMessage } from '../application/edit-message.js';
import { FindOwnMessage } from '../application/find-own-message.js';
import { GetMessages } from '../application/get-messages.js';
import { SendMessage } from '../application/send-message.js';
import { Sync } from '../application/sync.js';

@Controller()
export class MessagesController {
  constructor(
    private readonly sending: SendMessage,
    private readonly editing: EditMessage,
    private readonly deleting: DeleteMessage,
    private readonly cancelling: CancelMessage,
    private readonly finding: FindOwnMessage,
    private readonly getting: GetMessages,
    private readonly syncing: Sync,
  ) {}

  @Route(sendMessage)
  send(@By() actor: Actor, @In() input: Input<typeof sendMessage>): Promise<Output<typeof sendMessage>> {
    return this.sending.execute(actor, input);
  }

  @Route(editMessage)
  edit(@By() actor: Actor, @In() input: Input<typeof editMessage>): Promise<Output<typeof editMessage>> {
    return this.editing.execute(actor, input);
  }

  @Route(deleteMessage)
  delete(@By() actor: Actor, @In() input: Input<typeof deleteMessage>): Promise<Output<typeof deleteMessage>> {
    return this.deleting.execute(actor, input);
  }

  @Route(cancelMessage)
  cancel(@By() actor: Actor, @In() input: Input<typeof cancelMessage>): Promise<Output<typeof cancelMessage>> {
    return this.cancelling.execute(actor, input);
  }

  @Route(findOwnMessage)
  find(@By() actor: Actor, @In() input: Input<typeof findOwnMessage>): Promise<Output<typeof findOwnMessage>> {
    return this.finding.execute(actor, input);
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
