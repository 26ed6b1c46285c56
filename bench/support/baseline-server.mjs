/**
 * Bare socket.io of the server's version with the server's settings: the same packets in and out, and nothing else. No
 * database, no account, no check: the floor that any server on socket.io stands on.
 */
import { createRequire } from 'node:module';
import { createServer } from 'node:http';

const { Server } = createRequire(new URL('../../apps/server/package.json', import.meta.url))('socket.io');

const http = createServer();
const io = new Server(http, {
  transports: ['websocket'],
  serveClient: false,
  perMessageDeflate: false,
  pingInterval: 10_000,
  pingTimeout: 10_000,
});
const counters = new Map();

io.on('connection', (socket) => {
  const { user, rooms } = socket.handshake.auth;
  socket.join([`u:${user}`, ...rooms]);
  socket.on('message:send', (message, answer) => answer({ ok: true, data: deliver(user, message) }));
  socket.emit('ready', {});
});

/** A conversation is named by the rooms that hear it. */
function deliver(sender, { conversation, id, body }) {
  const seq = (counters.get(conversation) ?? 0) + 1;
  counters.set(conversation, seq);
  const at = Date.now();
  const message = { seq, ver: seq, id, sender, body, at };
  io.to(conversation.split(' ')).emit('change', { conversation, ver: seq, tag: 0, kind: 'message:created', message });
  return { conversation, seq, ver: seq, at };
}

http.listen(0, '127.0.0.1', () => console.log(`Bare socket.io is ready: http://127.0.0.1:${http.address().port}`));
process.on('SIGTERM', () => process.exit(0));
