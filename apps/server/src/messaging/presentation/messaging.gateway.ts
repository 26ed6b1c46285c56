import { sendMessage } from '@tertulia/contract';
import type { SocketRouter } from '../../platform/realtime/socket-router.js';
import type { SendMessage } from '../application/send-message.js';

/** Step 3 of docs/life-of-a-message.md: the router has parsed the event and knows the actor; call, and its answer is the acknowledgement. */
export class MessagingGateway {
  constructor(router: SocketRouter, sending: SendMessage) {
    router.on(sendMessage, (actor, input) => sending.execute(actor, input));
  }
}
