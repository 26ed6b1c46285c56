import type { Ack, Handshake, ServerToClient } from '@tertulia/contract';

/** One attempt at a websocket, from opening to closing; a new attempt is a new socket. */
export interface SocketPort {
  /** Rejects when no acknowledgement came in time or the socket closed: the outcome is unknown. */
  request(event: string, data: unknown, timeoutMs: number): Promise<Ack<unknown>>;
  close(): void;
}

export interface SocketHandlers {
  events: ServerToClient;
  refused: (error: { code?: unknown; data?: unknown }) => void;
  closed: () => void;
}

export type OpenSocket = (baseUrl: string, handshake: Handshake, handlers: SocketHandlers) => SocketPort;

/** Runs `work` while nobody else on this device holds the lock of that name. */
export type WithLock = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** Tells the other tabs of this browser; best effort. */
export interface Channel {
  post(message: unknown): void;
  close(): void;
}
export type OpenChannel = (name: string, listener: (message: unknown) => void) => Channel;

/** Everything outside of the engine. Tests bring their own. */
export interface Ports {
  fetch: typeof fetch;
  openSocket: OpenSocket;
  withLock: WithLock | null;
  openChannel: OpenChannel | null;
  /** A browser keeps cookies itself; elsewhere the refresh cookie is kept in memory. */
  keepsCookies: boolean;
  now: () => number;
  random: () => number;
}
