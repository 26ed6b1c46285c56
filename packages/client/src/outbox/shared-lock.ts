import type { WithLock } from '../ports.js';

/**
 * One lock held together by all lanes of this client: taken with the first that enters, given back with the last that
 * leaves.
 */
export class SharedLock {
  private inside = 0;
  private held: Promise<() => void> | null = null;

  constructor(
    private readonly withLock: WithLock,
    private readonly name: string,
    /** Runs after the lock was taken and before anybody enters: others may have changed things meanwhile. */
    private readonly taken: () => Promise<void>,
  ) {}

  async enter(): Promise<void> {
    this.inside += 1;
    this.held ??= this.take();
    await this.held;
  }

  leave(): void {
    this.inside -= 1;
    if (this.inside > 0) return;
    void this.held?.then((release) => release());
    this.held = null;
  }

  private take(): Promise<() => void> {
    return new Promise((resolve) => {
      void this.withLock(this.name, () => {
        return new Promise<void>((release) => {
          void this.taken().finally(() => resolve(release));
        });
      });
    });
  }
}
