// Docs: docs/realtime-protocol.md
import { Handshake, limits, PROTOCOL_VERSION, type Ack, type ServerToClient } from '@tertulia/contract';
import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import type { Actor } from '../../shared/actor.js';
import { AppError } from '../../shared/app-error.js';
import type { Authenticator } from '../../shared/authenticator.js';
import type { Clock } from '../../shared/clock.js';
import type { Origins } from '../http/origins.js';
import type { Logger } from '../logging/logger.js';
import { toAppError } from '../to-app-error.js';

/** Everything a client says is read by the socket router, so no event is typed here. */
type ClientToServer = Record<string, (data: unknown, ack?: (answer: Ack<unknown>) => void) => void>;
export interface SocketData {
  actor: Actor;
  expiresAt: number;
}
export type ServerSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;
export type IoServer = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

/** A token may run out this long before its socket is closed: the client renews in band. */
const EXPIRY_GRACE_MS = 30_000;
const EXPIRY_CHECK_MS = 5_000;

/** What happens when a socket is through the door. */
export interface ConnectionListener {
  connected(socket: ServerSocket): void | Promise<void>;
  disconnected(socket: ServerSocket): void;
}

/** Owns socket.io: the door, the handshake, the lifetime of sockets. */
export class SocketServer {
  readonly io: IoServer;
  private readonly listeners: ConnectionListener[] = [];
  private readonly expiry: NodeJS.Timeout;

  constructor(
    private readonly authenticator: Authenticator,
    private readonly origins: Origins,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.io = new Server({
      path: '/socket.io',
      transports: ['websocket'],
      serveClient: false,
      maxHttpBufferSize: limits.frameBytes,
      perMessageDeflate: false,
      pingInterval: 10_000,
      pingTimeout: 10_000,
      connectTimeout: 10_000,
      // A websocket is not covered by CORS: the origin is checked by hand. None at all is a program, not a browser.
      allowRequest: (request, answer) =>
        answer(null, this.origins.allows(request.headers.origin, request.headers.host)),
    });
    this.io.use((socket, next) => void this.admit(socket, next));
    this.io.on('connection', (socket) => void this.welcome(socket));
    this.expiry = setInterval(() => this.closeExpired(), EXPIRY_CHECK_MS).unref();
  }

  attach(http: HttpServer): void {
    this.io.attach(http);
  }

  onConnection(listener: ConnectionListener): void {
    this.listeners.push(listener);
  }

  /** Open sockets of a session ended elsewhere. */
  closeSession(sessionId: number): void {
    for (const socket of this.io.sockets.sockets.values()) {
      if (socket.data.actor.sessionId === sessionId) this.end(socket, 'session_ended');
    }
  }

  /** Without a word: each client comes back as after a cut of the network. */
  closeAll(): void {
    for (const socket of this.io.sockets.sockets.values()) socket.disconnect(true);
  }

  sessionIds(): number[] {
    return [...new Set([...this.io.sockets.sockets.values()].map((socket) => socket.data.actor.sessionId))];
  }

  /** Tells every client to come back later, spread over `spreadMs`. */
  sayBye(spreadMs: number): void {
    for (const socket of this.io.sockets.sockets.values()) {
      socket.emit('bye', { after: Math.floor(Math.random() * spreadMs) });
    }
  }

  async close(): Promise<void> {
    clearInterval(this.expiry);
    await this.io.close();
  }

  private async admit(socket: ServerSocket, next: (error?: Error) => void): Promise<void> {
    try {
      const handshake = Handshake.safeParse(socket.handshake.auth);
      if (!handshake.success) throw new AppError('unauthenticated');
      if (handshake.data.protocol !== PROTOCOL_VERSION)
        throw new AppError('outdated_client', { protocol: PROTOCOL_VERSION });
      const { actor, expiresAt } = await this.authenticator.authenticate(handshake.data.token);
      socket.data.actor = actor;
      socket.data.expiresAt = expiresAt;
      next();
    } catch (error) {
      const appError = toAppError(error, this.logger);
      next(Object.assign(new Error(appError.message), { data: appError.toWire() }));
    }
  }

  private async welcome(socket: ServerSocket): Promise<void> {
    socket.on('disconnect', () => this.listeners.forEach((listener) => listener.disconnected(socket)));
    try {
      for (const listener of this.listeners) await listener.connected(socket);
    } catch (error) {
      // The client reconnects with a backoff of its own; a socket outside the stream would look alive and hear nothing.
      toAppError(error, this.logger);
      socket.disconnect(true);
    }
  }

  private closeExpired(): void {
    const limit = this.clock.now() - EXPIRY_GRACE_MS;
    for (const socket of this.io.sockets.sockets.values()) {
      if (socket.data.expiresAt < limit) this.end(socket, 'token_expired');
    }
  }

  private end(socket: ServerSocket, code: 'session_ended' | 'token_expired'): void {
    socket.emit('session:ended', { code });
    socket.disconnect(true);
  }
}
