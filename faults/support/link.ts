import { once } from 'node:events';
import net from 'node:net';

/** `cut`: nothing gets in and what is open breaks. `hole`: bytes vanish and nobody is told, not even of an end. */
export type Weather = 'pass' | 'cut' | 'hole';

/** What happens to the bytes of one connection on their way back from the target; one per connection. */
export type Shape = (chunk: Buffer, pass: (data: Buffer) => void) => void;

interface Pair {
  port: number;
  near: net.Socket;
  far: net.Socket | null;
}

const unchanged: Shape = (chunk, pass) => pass(chunk);

/** A TCP proxy between two processes: one per link, so that each can break by itself. */
export class Link {
  private readonly server = net.createServer((near) => this.accept(near));
  private readonly pairs = new Set<Pair>();
  private readonly forsaken = new Set<net.Socket>();
  private weather_: Weather = 'pass';
  private reshape: () => Shape = () => unchanged;
  /** On the way from the target; 0: as fast as it goes. */
  bytesPerSecond = 0;
  /** Both ways. */
  delayMs = 0;

  private constructor(private readonly target: () => number | null) {}

  /** `target` answers the port to connect to, asked for each connection; null: there is nobody. */
  static async open(target: () => number | null): Promise<Link> {
    const link = new Link(target);
    link.server.listen(0, '127.0.0.1');
    await once(link.server, 'listening');
    return link;
  }

  get port(): number {
    return (this.server.address() as net.AddressInfo).port;
  }

  /** Is a connection open to this port? */
  leadsTo(port: number): boolean {
    return [...this.pairs].some((pair) => pair.port === port);
  }

  set weather(weather: Weather) {
    this.weather_ = weather;
    for (const pair of this.pairs) {
      if (weather === 'cut') this.sever(pair);
      else this.flow(pair, weather === 'pass');
    }
  }

  get weather(): Weather {
    return this.weather_;
  }

  /** For connections from now on. */
  shapeWith(reshape: () => Shape): void {
    this.reshape = reshape;
  }

  /** Half open: the far ends go, and the near ones are told nothing. */
  forsake(): void {
    for (const pair of this.pairs) {
      const { far, near } = pair;
      pair.far = null;
      this.pairs.delete(pair);
      this.forsaken.add(near);
      far?.removeAllListeners();
      far?.on('error', () => undefined);
      far?.destroy();
      near.removeAllListeners('data').resume();
    }
  }

  async close(): Promise<void> {
    this.weather = 'cut';
    for (const near of this.forsaken) near.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private accept(near: net.Socket): void {
    near.on('error', () => undefined);
    if (this.weather_ === 'cut') return void near.destroy();
    near.setNoDelay(true);
    const pair: Pair = { port: 0, near, far: null };
    this.pairs.add(pair);
    near.once('close', () => this.ended(pair));
    if (this.weather_ === 'hole') near.pause();
    else this.connect(pair);
  }

  private connect(pair: Pair): void {
    const port = this.target();
    if (port === null) return this.sever(pair);
    const far = net.connect(port, '127.0.0.1');
    pair.far = far;
    pair.port = port;
    far.setNoDelay(true);
    far.on('error', () => undefined);
    far.once('close', () => this.ended(pair));
    const shape = this.reshape();
    this.carry(pair.near, far, unchanged);
    this.carry(far, pair.near, shape);
  }

  private carry(from: net.Socket, to: net.Socket, shape: Shape): void {
    from.on('data', (chunk: Buffer) => {
      shape(chunk, (data) => this.hand(data, to));
      if (!to.writable || to.writableNeedDrain) this.hold(from, to);
      else if (this.bytesPerSecond > 0) this.rest(from, chunk.length);
    });
    from.on('end', () => {
      if (this.weather_ === 'pass') to.end();
    });
  }

  private hand(data: Buffer, to: net.Socket): void {
    if (this.delayMs === 0) to.write(data);
    else setTimeout(() => to.write(data), this.delayMs);
  }

  private hold(from: net.Socket, to: net.Socket): void {
    from.pause();
    to.once('drain', () => this.resume(from));
  }

  private rest(from: net.Socket, bytes: number): void {
    from.pause();
    setTimeout(() => this.resume(from), (bytes / this.bytesPerSecond) * 1000);
  }

  private resume(socket: net.Socket): void {
    if (this.weather_ === 'pass') socket.resume();
  }

  private flow(pair: Pair, open: boolean): void {
    if (!open) {
      pair.near.pause();
      pair.far?.pause();
    } else if (pair.far?.destroyed === true || pair.near.destroyed) this.sever(pair);
    else {
      pair.near.resume();
      if (pair.far === null) this.connect(pair);
      else pair.far.resume();
    }
  }

  /** In a hole the other side learns of an end only when it heals. */
  private ended(pair: Pair): void {
    if (this.weather_ !== 'hole') this.sever(pair);
  }

  private sever(pair: Pair): void {
    this.pairs.delete(pair);
    pair.near.destroy();
    pair.far?.destroy();
  }
}
