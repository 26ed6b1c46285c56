import type { ServerToClient } from '@tertulia/contract';
import { GroupRooms, userRoom } from './rooms.js';
import type { ServerSocket, SocketServer } from './socket-server.js';

type Event = keyof ServerToClient;
type Data<E extends Event> = Parameters<ServerToClient[E]>[0];

/** The one place that speaks to sockets unasked. Each packet is encoded once per room, never per recipient. */
export class Emitter {
  readonly groups = new GroupRooms();

  constructor(private readonly sockets: SocketServer) {}

  toSocket<E extends Event>(socket: ServerSocket, event: E, data: Data<E>): void {
    socket.emit(event, ...([data] as Parameters<ServerToClient[E]>));
  }

  toUsers<E extends Event>(userIds: readonly number[], event: E, data: Data<E>): void {
    this.sockets.io.to(userIds.map(userRoom)).emit(event, ...([data] as Parameters<ServerToClient[E]>));
  }

  /** Resolves when the last slice is out, so that the next change of this group can follow in order. */
  async toGroup<E extends Event>(group: number, event: E, data: Data<E>): Promise<void> {
    const rooms = this.groups.of(group);
    for (const [index, room] of rooms.entries()) {
      if (index > 0) await new Promise(setImmediate);
      this.sockets.io.to(room).emit(event, ...([data] as Parameters<ServerToClient[E]>));
    }
  }

  /** For what may get lost: a socket that is busy writing does not get it. */
  volatileToUsers<E extends Event>(userIds: readonly number[], event: E, data: Data<E>): void {
    // No room at all would mean everybody.
    if (userIds.length === 0) return;
    this.sockets.io.volatile.to(userIds.map(userRoom)).emit(event, ...([data] as Parameters<ServerToClient[E]>));
  }

  /** The same to a group but for one user. Not in slices: for small groups. */
  volatileToGroup<E extends Event>(group: number, exceptUserId: number, event: E, data: Data<E>): void {
    const rooms = this.groups.of(group);
    if (rooms.length === 0) return;
    const others = this.sockets.io.volatile.to(rooms).except(userRoom(exceptUserId));
    others.emit(event, ...([data] as Parameters<ServerToClient[E]>));
  }

  joinUser(userId: number, socket: ServerSocket): void {
    void socket.join(userRoom(userId));
  }

  leaveUser(userId: number, socket: ServerSocket): void {
    void socket.leave(userRoom(userId));
  }
}
