// Docs: docs/decisions/0042-who-gets-a-socket.md
import type { SocketRouter } from './socket-router.js';
import type { ConnectionListener, ServerSocket } from './socket-server.js';

const MOST = 10;
/** Until then a tab that nobody looks at asks over HTTP. */
const AWAY_MS = 60_000;

/** At most ten sockets each: for one more, the one that has said nothing for the longest time goes. */
export class UserSockets implements ConnectionListener {
  private readonly open = new Map<number, Set<ServerSocket>>();

  constructor(private readonly router: SocketRouter) {}

  connected(socket: ServerSocket): void {
    if (!socket.connected) return;
    const { userId } = socket.data.actor;
    const own = this.open.get(userId) ?? new Set();
    if (own.size >= MOST) this.sendAway(own);
    this.open.set(userId, own.add(socket));
  }

  disconnected(socket: ServerSocket): void {
    const { userId } = socket.data.actor;
    const own = this.open.get(userId);
    own?.delete(socket);
    if (own?.size === 0) this.open.delete(userId);
  }

  private sendAway(own: ReadonlySet<ServerSocket>): void {
    const quietest = [...own].reduce((a, b) => (this.router.lastHeard(b) < this.router.lastHeard(a) ? b : a));
    quietest.emit('bye', { after: AWAY_MS });
    quietest.disconnect(true);
  }
}
