import { Timer } from '../wire/backoff.js';

const CHECK_MS = 60_000;
const POLL_MS = 3_000;
const SPREAD = 0.2;

/** Ticks once a minute while the socket is open, and every three seconds while it is not: then HTTP must serve alone. */
export class SyncClock {
  private readonly timer = new Timer();
  private online = false;

  constructor(
    private readonly random: () => number,
    private readonly tick: (online: boolean) => void,
  ) {}

  /** Sets the pace; a clock that ticks at this pace already goes on. */
  start(online: boolean): void {
    if (this.timer.running && this.online === online) return;
    this.online = online;
    const period = online ? CHECK_MS : POLL_MS;
    this.timer.set(period * (1 - SPREAD + 2 * SPREAD * this.random()), () => {
      this.tick(this.online);
      this.start(this.online);
    });
  }

  stop(): void {
    this.timer.clear();
  }
}
