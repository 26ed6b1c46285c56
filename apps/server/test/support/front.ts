import { once } from 'node:events';
import net from 'node:net';
import { onTestFinished } from 'vitest';

const READY = '["ready",';

/** One address before something that comes and goes, as a proxy or a network is. */
export class Front {
  /** Sockets that were told `ready` through here. */
  ready = 0;
  private target: number | null = null;
  private frozen = false;
  private readonly pairs = new Set<[net.Socket, net.Socket]>();
  private readonly listener = net.createServer((near) => this.accept(near));

  static async open(): Promise<Front> {
    const front = new Front();
    await once(front.listener.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => front.close());
    return front;
  }

  get port(): number {
    return (this.listener.address() as net.AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Where new connections go from now on. */
  lead(address: string): void {
    this.target = Number(new URL(address).port);
  }

  /** Nothing gets through any more, and nobody is told. */
  freeze(): void {
    this.frozen = true;
    for (const pair of this.pairs) for (const end of pair) end.pause();
  }

  private accept(near: net.Socket): void {
    if (this.target === null) {
      near.destroy();
      return;
    }
    const far = net.connect(this.target, '127.0.0.1');
    const pair: [net.Socket, net.Socket] = [near, far];
    this.pairs.add(pair);
    this.carry(near, far);
    this.carry(far, near);
    let tail = '';
    far.on('data', (chunk: Buffer) => {
      const text = tail + chunk.toString('latin1');
      this.ready += text.split(READY).length - 1;
      tail = text.slice(1 - READY.length);
    });
    near.once('close', () => this.pairs.delete(pair));
    if (this.frozen) this.freeze();
  }

  private carry(from: net.Socket, to: net.Socket): void {
    from.pipe(to);
    from.on('error', () => to.destroy());
    from.on('close', () => to.destroy());
  }

  private close(): void {
    this.listener.close();
    for (const pair of this.pairs) for (const end of pair) end.destroy();
  }
}
