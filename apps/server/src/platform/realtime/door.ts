// Docs: docs/decisions/0042-who-gets-a-socket.md
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'socket.io';
import { AppError } from '../../shared/app-error.js';
import type { DrainState } from '../drain-state.js';
import type { Origins } from '../http/origins.js';
import type { Logger } from '../logging/logger.js';
import { HandshakeRate } from './handshake-rate.js';
import { networkOf } from './network-of.js';

type Connection = Socket['conn'];

export interface DoorLimits {
  trustProxy: boolean;
  socketsPerAddress: number;
}

/** Who may knock, how many at once, and how fast. Who they are is asked afterwards. */
export class Door {
  private readonly counts = new Map<string, number>();
  private readonly rate = new HandshakeRate();

  constructor(
    private readonly origins: Origins,
    private readonly drain: DrainState,
    private readonly limits: DoorLimits,
    private readonly logger: Logger,
  ) {}

  /** A websocket is not covered by CORS: the origin is checked by hand. None at all is a program, not a browser. */
  admits(request: IncomingMessage): boolean {
    if (!this.origins.allows(request.headers.origin, request.headers.host)) return false;
    const network = this.networkOf(request);
    if ((this.counts.get(network) ?? 0) < this.limits.socketsPerAddress) return true;
    this.logger.warn({ network }, 'too many sockets from one address; SOCKETS_PER_ADDRESS allows more');
    return false;
  }

  entered(connection: Connection): void {
    connection.prependListener('data', refuseBinary);
    const network = this.networkOf(connection.request);
    if (network === '') return;
    this.counts.set(network, (this.counts.get(network) ?? 0) + 1);
    connection.once('close', () => this.left(network));
  }

  /** Throws at a handshake that comes too fast, or too late. */
  requireTurn(): void {
    if (this.drain.isDraining) throw new AppError('moved');
    const after = this.rate.take(performance.now());
    if (after > 0) throw new AppError('busy', { after: Math.ceil(after * 1_000) / 1_000 });
  }

  private left(network: string): void {
    const count = (this.counts.get(network) ?? 1) - 1;
    if (count === 0) this.counts.delete(network);
    else this.counts.set(network, count);
  }

  /** Behind a proxy: what the nearest one has written. */
  private networkOf({ headers, socket }: IncomingMessage): string {
    const forwarded = this.limits.trustProxy ? [headers['x-forwarded-for'] ?? ''].flat().join(',') : '';
    const nearest = forwarded.split(',').at(-1)?.trim();
    return networkOf(nearest || (socket.remoteAddress ?? ''));
  }
}

/** The protocol is text. Attachments of a binary event would be collected without a schema having seen them. */
function refuseBinary(this: Connection, data: unknown): void {
  if (typeof data !== 'string') this.close(true);
}
