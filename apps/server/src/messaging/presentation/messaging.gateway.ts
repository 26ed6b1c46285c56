import { cancelMessage, deleteMessage, editMessage, sendMessage } from '@tertulia/contract';
import type { SocketRouter } from '../../platform/realtime/socket-router.js';
import type { CancelMessage } from '../application/cancel-message.js';
import type { DeleteMessage } from '../application/delete-message.js';
import type { EditMessage } from '../application/edit-message.js';
import type { SendMessage } from '../application/send-message.js';

/** Step 3 of docs/life-of-a-message.md: the router has parsed the event and knows the actor; call, and its answer is the acknowledgement. */
export class MessagingGateway {
  constructor(
    router: SocketRouter,
    sending: SendMessage,
    editing: EditMessage,
    deleting: DeleteMessage,
    cancelling: CancelMessage,
  ) {
    router.on(sendMessage, (actor, input) => sending.execute(actor, input));
    router.on(editMessage, (actor, input) => editing.execute(actor, input));
    router.on(deleteMessage, (actor, input) => deleting.execute(actor, input));
    router.on(cancelMessage, (actor, input) => cancelling.execute(actor, input));
  }
}
