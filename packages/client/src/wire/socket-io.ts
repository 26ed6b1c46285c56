import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import type { OpenSocket } from '../ports.js';

interface Events {
  [event: string]: (...args: never[]) => void;
}

const options: Partial<ManagerOptions & SocketOptions> = {
  transports: ['websocket'],
  // The engine reconnects by itself: it must fetch a token first, and knows when not to.
  reconnection: false,
  forceNew: true,
  timeout: 10_000,
};

/** The one importer of socket.io-client. */
export const openSocket: OpenSocket = (baseUrl, handshake, { events, refused, closed }) => {
  const withAuth = { ...options, auth: handshake };
  const socket: Socket<Events, Events> = baseUrl === '' ? io(withAuth) : io(baseUrl, withAuth);
  socket.on('ready', events.ready);
  socket.on('change', events.change);
  socket.on('user:changed', events['user:changed']);
  socket.on('typing', events.typing);
  socket.on('presence', events.presence);
  socket.on('sync:hint', events['sync:hint']);
  socket.on('bye', events.bye);
  socket.on('session:ended', events['session:ended']);
  socket.on('connect_error', (error: Error & { data?: unknown }) =>
    refused((error.data ?? {}) as { code?: unknown; data?: unknown }),
  );
  socket.on('disconnect', () => closed());
  // Of an end before the beginning socket.io tells nobody until the time to connect is up.
  const tooSoon = (): void => closed();
  socket.io.engine.once('close', tooSoon).once('open', () => socket.io.engine.off('close', tooSoon));
  return {
    request: (event, data, timeoutMs) => socket.timeout(timeoutMs).emitWithAck(event, data),
    close: () => {
      socket.io.engine.off('close', tooSoon);
      socket.off();
      socket.disconnect();
    },
  };
};
