import type { ServerSocket } from './socket-server.js';

/** At most this many sockets get a packet before the event loop turns: 8,000 at once blocked it for 200 ms. */
const SHARD_SIZE = 500;

/** The room named by a user's id: whatever is addressed to them reaches every device. */
export const userRoom = (userId: number): string => `u:${userId}`;

/** A group's sockets, in rooms of 500, so that fan-out can pause between them. */
export class GroupRooms {
  private readonly shards = new Map<number, number[]>();
  private readonly places = new Map<string, number>();

  /** The rooms of a group, in order. */
  of(group: number): string[] {
    return (this.shards.get(group) ?? []).map((_, shard) => room(group, shard));
  }

  join(group: number, socket: ServerSocket): void {
    const key = `${group}:${socket.id}`;
    if (this.places.has(key) || !socket.connected) return;
    const counts = this.shards.get(group) ?? [];
    const free = counts.findIndex((count) => count < SHARD_SIZE);
    const shard = free === -1 ? counts.length : free;
    counts[shard] = (counts[shard] ?? 0) + 1;
    this.shards.set(group, counts);
    this.places.set(key, shard);
    void socket.join(room(group, shard));
  }

  leave(group: number, socket: ServerSocket): void {
    const key = `${group}:${socket.id}`;
    const shard = this.places.get(key);
    const counts = this.shards.get(group);
    if (shard === undefined || !counts) return;
    this.places.delete(key);
    counts[shard] = (counts[shard] ?? 1) - 1;
    if (counts.every((count) => count === 0)) this.shards.delete(group);
    void socket.leave(room(group, shard));
  }
}

const room = (group: number, shard: number): string => `c:${group}:${shard}`;
