// Docs: docs/realtime-protocol.md#limits-and-pressure
import type { Logger } from '../logging/logger.js';
import { backlogOf, bytesTaken, cut, hasBacklog } from './backlog.js';
import type { ServerSocket, SocketServer } from './socket-server.js';

const SWEEP_MS = 500;
const MAX_BYTES = 1_048_576;
const MAX_PACKETS = 500;
/** 5 s. In sweeps, not by a clock: a process that was stopped for a while must not blame its clients. */
const HEAD_SWEEPS = 10;
/** 10 s. */
const LAGGING_SWEEPS = 20;

/** What a lagging socket is taken out of, and comes back to. */
export interface ReadableStream {
  lagging(socket: ServerSocket): void;
  recovered(socket: ServerSocket): Promise<void>;
}

interface Suspect {
  /** When the kernel has taken this many bytes, everything that waited when the count began is gone. */
  target: number;
  sweeps: number;
  isLagging: boolean;
}

/**
 * Takes sockets that do not read out of the stream before what waits for them eats the memory of everybody. They hear
 * nothing more until they have read what they were sent; then the join function runs again and one sync repairs the rest.
 * Sockets are looked at from time to time, so that no message pays for it.
 */
export class SlowReaders {
  private readonly suspects = new Map<ServerSocket, Suspect>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly sockets: Pick<SocketServer, 'io'>,
    private readonly logger: Logger,
  ) {}

  watch(stream: ReadableStream): void {
    this.timer = setInterval(() => this.sweep(stream), SWEEP_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  sweep(stream: ReadableStream): void {
    for (const socket of this.sockets.io.sockets.sockets.values())
      if (hasBacklog(socket.conn)) this.examine(socket, stream);
    for (const [socket, suspect] of this.suspects)
      if (!socket.connected || !hasBacklog(socket.conn)) this.release(socket, suspect, stream);
  }

  private examine(socket: ServerSocket, stream: ReadableStream): void {
    const suspect = this.suspects.get(socket) ?? { target: 0, sweeps: 0, isLagging: false };
    this.suspects.set(socket, suspect);
    const { packets, bytes } = backlogOf(socket.conn);
    suspect.sweeps += 1;
    if (suspect.isLagging) {
      if (suspect.sweeps > LAGGING_SWEEPS) this.end(socket);
      return;
    }
    const taken = bytesTaken(socket.conn);
    if (taken >= suspect.target) Object.assign(suspect, { target: taken + bytes, sweeps: 0 });
    if (bytes > MAX_BYTES || packets > MAX_PACKETS || suspect.sweeps > HEAD_SWEEPS) this.mark(socket, suspect, stream);
  }

  private mark(socket: ServerSocket, suspect: Suspect, stream: ReadableStream): void {
    Object.assign(suspect, { sweeps: 0, isLagging: true });
    socket.data.isLagging = true;
    stream.lagging(socket);
    this.logger.debug({ user: socket.data.actor.user, ...backlogOf(socket.conn) }, 'a socket reads too slowly');
  }

  private release(socket: ServerSocket, { isLagging }: Suspect, stream: ReadableStream): void {
    this.suspects.delete(socket);
    if (!isLagging || !socket.connected) return;
    socket.data.isLagging = false;
    stream.recovered(socket).catch((error: unknown) => {
      this.logger.warn({ error: (error as Error).message }, 'a socket could not come back into its streams');
      socket.disconnect(true);
    });
  }

  private end(socket: ServerSocket): void {
    this.logger.info({ user: socket.data.actor.user }, 'a socket that does not read was closed');
    cut(socket.conn);
  }
}
