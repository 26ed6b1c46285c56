import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { openSocket } from './socket-io.js';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const CLOSE_FRAME = Buffer.from([0x88, 0x00]);
const nothing = (): void => undefined;
const events = {
  ready: nothing,
  change: nothing,
  'user:changed': nothing,
  typing: nothing,
  presence: nothing,
  'sync:hint': nothing,
  bye: nothing,
  'session:ended': nothing,
};

/** Takes every websocket in and says goodbye before anything was said, as a server does that is about to stop. */
async function farewellServer(): Promise<string> {
  const server = createServer();
  server.on('upgrade', (request, socket) => {
    const key = `${request.headers['sec-websocket-key']}${GUID}`;
    const accept = createHash('sha1').update(key).digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.end(CLOSE_FRAME);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('a server that takes the socket in and closes it at once is heard at once, and once', async () => {
  const ends: string[] = [];
  const url = await farewellServer();
  await new Promise<void>((resolve) => {
    const end = (how: string) => (): void => {
      ends.push(how);
      resolve();
    };
    const socket = openSocket(
      url,
      { token: '', protocol: 1 },
      { events, refused: end('refused'), closed: end('closed') },
    );
    onTestFinished(() => socket.close());
  });
  expect(ends).toEqual(['closed']);
});
