import type { ConversationRef, JoinRow } from '../application/ports.js';
import type { Emitter } from '../../platform/realtime/emitter.js';
import type { ServerSocket } from '../../platform/realtime/socket-server.js';

/** Leaves of one conversation that a join read before them must still see; older ones cannot race any more. */
const MAX_LEAVES = 1_000;

/** A conversation with sockets on this node. */
export interface Stream {
  ref: ConversationRef;
  /** The last change emitted here. */
  lastVer: number;
  users: Set<number>;
  /** Who left, and at which ver. */
  leaves: Map<number, number>;
}

/** A user's place in a stream, and the ver at which this membership began. */
interface Place {
  stream: Stream;
  joinedVer: number;
}

interface LocalUser {
  sockets: Set<ServerSocket>;
  /** The last of what concerns the user that was emitted here. */
  lastUver: number;
  streams: Map<number, Place>;
}

/** Who listens to what on this node. Only synchronous steps: what is read from the database comes in as rows. */
export class Audience {
  private readonly users = new Map<number, LocalUser>();
  private readonly streams = new Map<number, Stream>();

  constructor(private readonly emitter: Emitter) {}

  stream(conversationId: number): Stream | undefined {
    return this.streams.get(conversationId);
  }

  user(userId: number): LocalUser | undefined {
    return this.users.get(userId);
  }

  get userIds(): number[] {
    return [...this.users.keys()];
  }

  /** True when the user is in the stream by a membership that began at `joinedVer` or later. */
  hasJoined(userId: number, conversationId: number, joinedVer: number): boolean {
    const place = this.users.get(userId)?.streams.get(conversationId);
    return place !== undefined && place.joinedVer >= joinedVer;
  }

  /** Into the user's room, and the streams their other sockets are in. `uver` is where a first socket begins: another one must not skip what the first has not heard. */
  addSocket(userId: number, uver: number, socket: ServerSocket): void {
    const user = this.users.get(userId) ?? { sockets: new Set(), lastUver: uver, streams: new Map<number, Place>() };
    this.users.set(userId, user);
    user.sockets.add(socket);
    this.emitter.joinUser(userId, socket);
    for (const { stream } of user.streams.values()) this.enterRoom(stream, socket);
  }

  removeSocket(userId: number, socket: ServerSocket): void {
    const user = this.users.get(userId);
    if (!user?.sockets.delete(socket)) return;
    this.emitter.leaveUser(userId, socket);
    for (const { stream } of user.streams.values()) this.leaveRoom(stream, socket);
    if (user.sockets.size > 0) return;
    for (const { stream } of user.streams.values()) this.dropUser(stream, userId);
    this.users.delete(userId);
  }

  /** The second half of the join function, in one synchronous step. Gives the rows that a leave has overtaken: read them again. */
  join(userId: number, rows: readonly JoinRow[]): JoinRow[] {
    const user = this.users.get(userId);
    if (!user) return [];
    return rows.filter((row) => !this.joinOne(userId, user, row));
  }

  private joinOne(userId: number, user: LocalUser, { ref, ver, joinedVer }: JoinRow): boolean {
    const stream = this.streams.get(ref.id) ?? { ref, lastVer: ver, users: new Set(), leaves: new Map() };
    if ((stream.leaves.get(userId) ?? 0) > ver) return false;
    this.streams.set(ref.id, stream);
    stream.users.add(userId);
    user.streams.set(ref.id, { stream, joinedVer });
    for (const socket of user.sockets) this.enterRoom(stream, socket);
    return true;
  }

  /** Takes a user's sockets out of a stream, before the change that removed them goes out. */
  leave(stream: Stream, userId: number, ver: number): void {
    const last = Math.max(ver, stream.leaves.get(userId) ?? 0);
    stream.leaves.delete(userId);
    stream.leaves.set(userId, last);
    if (stream.leaves.size > MAX_LEAVES) stream.leaves.delete(stream.leaves.keys().next().value!);
    const user = this.users.get(userId);
    const place = user?.streams.get(stream.ref.id);
    // Added again since: the leave ended an earlier membership.
    if (!user || !place || place.joinedVer > ver) return;
    user.streams.delete(stream.ref.id);
    for (const socket of user.sockets) this.leaveRoom(stream, socket);
    this.dropUser(stream, userId);
  }

  private dropUser(stream: Stream, userId: number): void {
    stream.users.delete(userId);
    if (stream.users.size === 0) this.streams.delete(stream.ref.id);
  }

  private enterRoom(stream: Stream, socket: ServerSocket): void {
    if (stream.ref.kind === 'group') this.emitter.groups.join(stream.ref.id, socket);
  }

  private leaveRoom(stream: Stream, socket: ServerSocket): void {
    if (stream.ref.kind === 'group') this.emitter.groups.leave(stream.ref.id, socket);
  }
}
