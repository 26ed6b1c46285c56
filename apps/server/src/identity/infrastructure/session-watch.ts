import type { Bus } from '../../platform/bus/bus.js';
import type { Logger } from '../../platform/logging/logger.js';
import type { SocketServer } from '../../platform/realtime/socket-server.js';
import { SessionEnds, type Sessions } from '../application/ports.js';

const CHECK_MS = 3_000;
const TOPIC = 'session-ended';

/** Cuts the sockets of ended sessions: at once when they end here or on a node that can be heard, within three seconds in any case. */
export class SessionWatch extends SessionEnds {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly sessions: Sessions,
    private readonly sockets: SocketServer,
    private readonly bus: Bus,
    private readonly logger: Logger,
  ) {
    super();
  }

  onModuleInit(): void {
    this.bus.on(TOPIC, (message) => void this.hear(message));
    this.timer = setInterval(() => void this.check(), CHECK_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  sessionEnded(sessionId: number): void {
    this.sockets.closeSession(sessionId);
    this.bus.publish(TOPIC, sessionId);
  }

  /** What is heard only says where to look: whoever can write to the bus must not be able to log people out. */
  private hear(message: unknown): Promise<void> {
    return this.sockets.sessionIds().includes(message as number) ? this.close([message as number]) : Promise.resolve();
  }

  private check(): Promise<void> {
    return this.close(this.sockets.sessionIds());
  }

  private async close(sessionIds: readonly number[]): Promise<void> {
    try {
      for (const sessionId of await this.sessions.ended(sessionIds)) this.sockets.closeSession(sessionId);
    } catch (error) {
      this.logger.warn({ error: (error as Error).message }, 'sessions could not be checked');
    }
  }
}
