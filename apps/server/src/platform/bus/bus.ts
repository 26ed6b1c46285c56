// Docs: docs/decisions/0019-a-bell-and-a-poll.md
import { randomBytes } from 'node:crypto';

export type BusListener = (message: unknown) => void;

/**
 * What the nodes of one chat tell each other. Best effort: a message may be lost, doubled, late, out of order or forged, and
 * whoever listens must come to the right state without it. Nothing of what people write goes over it.
 */
export abstract class Bus {
  /** This process among the nodes, anew at each start. */
  readonly nodeId = randomBytes(6).toString('base64url');

  abstract get connected(): boolean;
  /** Never throws and never waits. The own node does not hear it. */
  abstract publish(topic: string, message: unknown): void;
  /** Before the application has started. The message is whatever arrived: look before you believe. */
  abstract on(topic: string, listener: BusListener): void;
  abstract onConnectionChange(listener: (connected: boolean) => void): void;
}

/** Without REDIS_URL: nobody else hears, and the commit log alone tells what other nodes did. */
export class NoBus extends Bus {
  readonly connected = false;

  publish(): void {
    // Nobody is there.
  }

  on(): void {
    // Nobody will speak.
  }

  onConnectionChange(): void {
    // It never changes.
  }
}
