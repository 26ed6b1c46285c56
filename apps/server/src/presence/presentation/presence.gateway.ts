import { setTyping, watchPresence } from '@tertulia/contract';
import type { SocketRouter } from '../../platform/realtime/socket-router.js';
import type { ConnectionListener, ServerSocket } from '../../platform/realtime/socket-server.js';
import type { Presence } from '../application/presence.js';
import type { SetTyping } from '../application/set-typing.js';
import type { WatchPresence } from '../application/watch-presence.js';

/** Hears of each socket after the feed, which knows whether the user has another one. */
export class PresenceGateway implements ConnectionListener {
  constructor(
    router: SocketRouter,
    typing: SetTyping,
    private readonly watching: WatchPresence<ServerSocket>,
    private readonly presence: Presence<ServerSocket>,
  ) {
    router.on(setTyping, (actor, input) => typing.execute(actor, input));
    router.on(watchPresence, (actor, input, socket) => watching.execute(actor, input, socket));
  }

  connected(socket: ServerSocket): void {
    if (socket.connected) this.presence.arrived(socket.data.actor.userId);
  }

  disconnected(socket: ServerSocket): void {
    this.watching.closed(socket);
    this.presence.left(socket.data.actor.userId);
  }
}
