import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket as TcpSocket } from 'node:net';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from '../logging/logger.js';
import { SlowReaders } from './slow-readers.js';
import type { IoServer, ServerSocket } from './socket-server.js';

const PACKET = 'x'.repeat(64_000);

let server: IoServer;
let reader: Socket;
let tcp: TcpSocket;
let socket: ServerSocket;
let readers: SlowReaders;
let lagging: ServerSocket[];
let recovered: ServerSocket[];

beforeEach(async () => {
  const http = createServer();
  await once(http.listen(0, '127.0.0.1'), 'listening');
  server = new Server(http, { transports: ['websocket'], perMessageDeflate: false });
  const connected = new Promise<ServerSocket>((resolve) => server.once('connection', resolve));
  reader = io(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, {
    transports: ['websocket'],
    forceNew: true,
  });
  socket = await connected;
  socket.data.actor = { userId: 1, user: 'user', name: 'User', sessionId: 1, session: 'session' };
  await vi.waitFor(() => expect(reader.connected).toBe(true));
  tcp = (reader.io.engine as unknown as { transport: { ws: { _socket: TcpSocket } } }).transport.ws._socket;
  readers = new SlowReaders({ io: server }, createLogger('silent'));
  lagging = [];
  recovered = [];
});

afterEach(async () => {
  reader.disconnect();
  tcp.destroy();
  await server.close();
});

/** The kernel buffers some megabytes for both sides; what comes after waits in the process. */
function fill(packets: number): void {
  for (let packet = 0; packet < packets; packet += 1) socket.emit('bye', { after: PACKET as never });
}

function sweep(times: number): void {
  for (let time = 0; time < times; time += 1)
    readers.sweep({
      lagging: (which) => void lagging.push(which),
      recovered: (which) => Promise.resolve(void recovered.push(which)),
    });
}

/** Until the kernel takes no more. */
async function stall(): Promise<void> {
  tcp.pause();
  await vi.waitFor(
    () => {
      const isStalled = !socket.conn.transport.writable;
      if (!isStalled) fill(8);
      expect(isStalled).toBe(true);
    },
    { timeout: 20_000, interval: 50 },
  );
}

describe('a socket that does not read', () => {
  it('leaves the stream at once when too much waits, comes back when all is read, and is not marked twice', async () => {
    await stall();
    fill(40);
    sweep(3);
    expect(lagging).toEqual([socket]);
    expect(socket.data.isLagging).toBe(true);
    expect(recovered).toEqual([]);
    tcp.resume();
    await vi.waitFor(
      () => {
        sweep(1);
        expect(recovered).toEqual([socket]);
      },
      { timeout: 20_000, interval: 20 },
    );
    expect(socket.data.isLagging).toBe(false);
    expect(socket.connected).toBe(true);
  });

  it('leaves it after ten sweeps in which nothing was taken, however little waits', async () => {
    await stall();
    sweep(11);
    expect(lagging).toEqual([]);
    sweep(1);
    expect(lagging).toEqual([socket]);
  });

  it('is cut after twenty sweeps more, without waiting for what is buffered', async () => {
    await stall();
    fill(40);
    sweep(21);
    expect(socket.connected).toBe(true);
    sweep(1);
    await vi.waitFor(() => expect(socket.connected).toBe(false));
    expect(lagging).toEqual([socket]);
    sweep(1);
    expect(recovered).toEqual([]);
  });
});

it('a socket that reads is not touched, however much it is sent', async () => {
  for (let round = 0; round < 30; round += 1) {
    fill(4);
    sweep(1);
    await vi.waitFor(() => expect(socket.conn.transport.writable).toBe(true), { timeout: 20_000, interval: 1 });
  }
  expect(lagging).toEqual([]);
});
