import { markRead } from '@tertulia/contract';
import type { SocketRouter } from '../../platform/realtime/socket-router.js';
import type { MarkRead } from '../application/mark-read.js';

export class ConversationsGateway {
  constructor(router: SocketRouter, marking: MarkRead) {
    router.on(markRead, (actor, input) => marking.execute(actor, input));
  }
}
