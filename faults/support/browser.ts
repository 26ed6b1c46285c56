import type { ClientStorage } from '../../packages/client/src/api.js';
import type { OpenChannel, Ports, WithLock } from '../../packages/client/src/ports.js';
import { memoryStorage } from '../../packages/client/src/storage/memory.js';

/** What the tabs of one browser share; on its own, a client has one that nothing outlasts. */
export class Browser {
  readonly storage: ClientStorage;
  readonly ports: Partial<Ports>;
  /** Commands that went out at least once, from whichever tab. */
  readonly invoked = new Set<string>();
  /** Messages that were sent, are not answered for good, and were not heard of either. */
  readonly unanswered = new Set<string>();
  private readonly locks = new Map<string, Promise<unknown>>();
  private readonly listeners = new Map<string, Set<(message: unknown) => void>>();

  constructor({ hasTabs }: { hasTabs: boolean }) {
    this.storage = hasTabs ? Object.assign(memoryStorage(), { durable: true }) : memoryStorage();
    this.ports = hasTabs ? { withLock: this.withLock, openChannel: this.openChannel } : {};
  }

  /** First come, first served, as the locks of a browser are. */
  private readonly withLock: WithLock = (name, work) => {
    const done = (this.locks.get(name) ?? Promise.resolve()).then(work);
    this.locks.set(
      name,
      done.catch(() => undefined),
    );
    return done;
  };

  private readonly openChannel: OpenChannel = (name, listener) => {
    const listeners = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, listeners.add(listener));
    return {
      post: (message) => {
        for (const other of listeners) if (other !== listener) setImmediate(other, structuredClone(message));
      },
      close: () => listeners.delete(listener),
    };
  };
}
