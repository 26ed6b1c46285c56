// Docs: docs/realtime-protocol.md
import { Handshake, limits, PROTOCOL_VERSION, type Ack, type ServerToClient } from '@tertulia/contract';
import type { Server as HttpServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Server, type Socket } from 'socket.io';
import type { Actor } from '../../shared/actor.js';
import { AppError } from '../../shared/app-error.js';
import type { Authenticator } from '../../shared/authenticator.js';
import type { Clock } from '../../shared/clock.js';
import type { Logger } from '../logging/logger.js';
import { toAppError } from '../to-app-error.js';
import { cut, hasBacklog, sendTogether } from './backlog.js';
import type { Door } from './door.js';
import { HANDSHAKES_PER_SECOND } from './handshake-rate.js';

/** Everything a client says is read by the socket router, so no event is typed here. */
type ClientToServer = Record<string, (data: unknown, ack?: (answer: Ack<unknown>) => void) => void>;
export interface SocketData {
  actor: Actor;
  expiresAt: number;
  /** Out of every stream until it has read what it was sent. */
  isLagging?: boolean;
}
export type ServerSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;
export type IoServer = Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

/** A token may run out this long before its socket is closed: the client renews in band. */
const EXPIRY_GRACE_MS = 30_000;
const EXPIRY_CHECK_MS = 5_000;

/** Together one second. */
const FLUSH_TURNS = 50;
const FLUSH_TURN_MS = 20;
const CLOSE_MS = 1_000;

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
    private readonly door: Door,
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
      allowRequest: (request, answer) => answer(null, this.door.admits(request)),
    });
    this.io.use((socket, next) => void this.admit(socket, next));
    this.io.on('connection', (socket) => void this.welcome(socket));
    this.expiry = setInterval(() => this.closeExpired(), EXPIRY_CHECK_MS).unref();
  }

  attach(http: HttpServer): void {
    this.io.attach(http);
    this.io.engine.on('connection', (connection: ServerSocket['conn']) => this.door.entered(connection));
    this.io.engine.on('flush', sendTogether);
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
    for (const socket of this.io.sockets.sockets.values()) this.dismiss(socket);
  }

  sessionIds(): number[] {
    return [...new Set([...this.io.sockets.sockets.values()].map((socket) => socket.data.actor.sessionId))];
  }

  /** Tells every client when to come back: one after the other, as fast as the node that takes them in lets them in. */
  sayBye(): void {
    let index = 0;
    for (const socket of this.io.sockets.sockets.values()) {
      socket.emit('bye', { after: Math.floor((index * 1_000) / HANDSHAKES_PER_SECOND) });
      index += 1;
    }
  }

  /** Resolves when all are closed. Whoever does not read its last packets, or does not close, is cut. */
  async close(): Promise<void> {
    clearInterval(this.expiry);
    for (let turn = 0; turn < FLUSH_TURNS && this.connections().some(hasBacklog); turn += 1) await sleep(FLUSH_TURN_MS);
    const open = this.connections();
    const impatient = setTimeout(() => open.forEach(cut), CLOSE_MS);
    await this.io.close();
    clearTimeout(impatient);
  }

  /** All there are, those at the door included. */
  private connections(): ServerSocket['conn'][] {
    return Object.values((this.io.engine as unknown as { clients: Record<string, ServerSocket['conn']> }).clients);
  }

  private async admit(socket: ServerSocket, next: (error?: Error) => void): Promise<void> {
    try {
      this.door.requireTurn();
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
    this.dismiss(socket, () => socket.emit('session:ended', { code }));
  }

  /** Whoever has not read what went before would go on receiving it while an orderly close waits; they learn why at the door. */
  private dismiss(socket: ServerSocket, farewell?: () => void): void {
    const { conn } = socket;
    const isBehind = hasBacklog(conn);
    if (!isBehind) farewell?.();
    socket.disconnect(true);
    if (isBehind) cut(conn);
  }
}
