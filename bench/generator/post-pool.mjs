import net from 'node:net';

/**
 * Posts over kept connections with as little work as HTTP/1.1 allows: the generator shares two cores with what it measures,
 * and Node's own client costs as much per request as the server. It knows the answers of this server only: a status line
 * and a Content-Length.
 */
export class PostPool {
  #idle = [];
  #waiting = [];
  #connections = [];

  constructor(hostname, port, connections) {
    for (let index = 0; index < connections; index += 1) {
      const connection = new Connection(hostname, port, (free) => this.#release(free));
      this.#connections.push(connection);
      this.#idle.push(connection);
    }
  }

  /** The status of the answer. */
  post(path, { host, token, payload }) {
    const text =
      `POST ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n` +
      `X-Tertulia: 1\r\nContent-Length: ${Buffer.byteLength(payload)}\r\n\r\n${payload}`;
    return new Promise((resolve, reject) => {
      const request = { text, resolve, reject };
      const connection = this.#idle.pop();
      if (connection === undefined) this.#waiting.push(request);
      else connection.take(request);
    });
  }

  close() {
    for (const connection of this.#connections) connection.close();
  }

  #release(connection) {
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(connection);
    else connection.take(next);
  }
}

class Connection {
  #socket;
  #request = null;
  #received = '';

  constructor(hostname, port, freed) {
    this.#socket = net.connect({ host: hostname, port, noDelay: true });
    this.#socket.setEncoding('latin1');
    this.#socket.on('data', (text) => {
      this.#received += text;
      const status = this.#answered();
      if (status === null) return;
      const { resolve } = this.#request;
      this.#request = null;
      freed(this);
      resolve(status);
    });
    this.#socket.on('error', (error) => this.#request?.reject(error));
    this.#socket.on('close', () => this.#request?.reject(new Error('the server closed the connection')));
  }

  take(request) {
    this.#request = request;
    this.#socket.write(request.text);
  }

  close() {
    this.#socket.destroy();
  }

  #answered() {
    const end = this.#received.indexOf('\r\n\r\n');
    if (end < 0) return null;
    const head = this.#received.slice(0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
    if (this.#received.length < end + 4 + length) return null;
    this.#received = this.#received.slice(end + 4 + length);
    return Number(head.slice(9, 12));
  }
}
