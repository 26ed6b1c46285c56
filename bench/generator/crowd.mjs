import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { Ledger } from './ledger.mjs';

const fromServer = createRequire(new URL('../../apps/server/package.json', import.meta.url));
const { io } = fromServer('socket.io-client');
const AT_ONCE = 20;
const CONNECT_MS = 30_000;

/** People with their sockets open, and the conversations they have; see Stage for what both look like. */
export class Crowd {
  constructor(sockets, conversations) {
    this.sockets = sockets;
    this.conversations = conversations;
    this.ledger = new Ledger();
    sockets.forEach((socket, reader) => socket.on('change', (change) => this.ledger.delivered(reader, change)));
  }

  static async connect({ url, people, conversations }) {
    const sockets = new Array(people.length);
    let next = 0;
    const worker = async () => {
      for (let index = next++; index < people.length; index = next++) sockets[index] = await open(url, people[index]);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return new Crowd(sockets, conversations);
  }

  /** Resolves with what the server acknowledged. Delivery is the ledger's business. */
  async send(conversation, sender, id, body) {
    const { id: name, members } = this.conversations[conversation];
    this.ledger.sent(id, members.length);
    const answer = await this.sockets[sender].emitWithAck('message:send', { conversation: name, id, body });
    if (!answer.ok) this.ledger.problem(`refused: ${answer.error.code}`);
    return answer;
  }

  disconnect() {
    for (const socket of this.sockets) socket.disconnect();
  }
}

/** A server that is busy says when to come again: it takes in so many in a second. */
async function open(url, person) {
  for (;;) {
    const { socket, busy } = await knock(url, person);
    if (socket) return socket;
    await sleep(busy * 1000);
  }
}

function knock(url, { auth }) {
  return new Promise((resolve, reject) => {
    const socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      timeout: CONNECT_MS,
      auth,
    });
    socket.once('ready', () => resolve({ socket }));
    socket.once('connect_error', (error) =>
      error.data?.code === 'busy' ? resolve({ busy: error.data.data.after }) : reject(error),
    );
    socket.once('disconnect', (reason) => {
      if (reason !== 'io client disconnect') console.error(`a socket was closed: ${reason}`);
    });
  });
}
