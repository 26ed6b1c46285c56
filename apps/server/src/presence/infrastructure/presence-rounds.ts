import type { Bus } from '../../platform/bus/bus.js';
import type { Presence } from '../application/presence.js';
import { Announcement } from './announcement.js';
import { PRESENCE_TOPIC, type BusAnnouncements } from './bus-announcements.js';

const SWEEP_MS = 1_000;
/** Twice in a lease and with time to spare: one announcement may get lost, and the next be late. */
const RENEW_MS = 15_000;

/** What keeps presence going: the clock, and what arrives from other nodes. */
export class PresenceRounds {
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly bus: Bus,
    private readonly announcements: BusAnnouncements,
    private readonly presence: Presence<object>,
  ) {
    bus.on(PRESENCE_TOPIC, (message) => this.hear(message));
    bus.onConnectionChange((connected) => {
      if (connected) announcements.greet();
      presence.connectionChanged();
    });
  }

  onModuleInit(): void {
    this.timers.push(setInterval(() => this.presence.sweep(), SWEEP_MS).unref());
    this.timers.push(setInterval(() => void this.presence.renew(), RENEW_MS).unref());
  }

  /** A bus that is there from the beginning does not change to being there. */
  onApplicationBootstrap(): void {
    if (this.bus.connected) this.announcements.greet();
  }

  onModuleDestroy(): void {
    this.timers.forEach(clearInterval);
  }

  /** Whoever reaches the bus can write there; what they could bring about is a wrong dot. */
  private hear(message: unknown): void {
    const { success, data: said } = Announcement.safeParse(message);
    if (!success) return;
    if (said.kind === 'hello') this.announcements.renew();
    else if (said.kind === 'list') this.presence.heardList(said.node, said.n, said.here);
    else this.presence.heardChange(said.node, said.n, said.here, said.gone);
  }
}
