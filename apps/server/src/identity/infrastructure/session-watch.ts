import type { Logger } from '../../platform/logging/logger.js';
import type { SocketServer } from '../../platform/realtime/socket-server.js';
import { SessionEnds, type Sessions } from '../application/ports.js';

const CHECK_MS = 3_000;

/** Cuts the sockets of ended sessions: at once when they end here, within three seconds when they end anywhere else. */
export class SessionWatch extends SessionEnds {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly sessions: Sessions,
    private readonly sockets: SocketServer,
    private readonly logger: Logger,
  ) {
    super();
  }

  onModuleInit(): void {
    this.timer = setInterval(() => void this.check(), CHECK_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  sessionEnded(sessionId: number): void {
    this.sockets.closeSession(sessionId);
  }

  private async check(): Promise<void> {
    try {
      for (const sessionId of await this.sessions.ended(this.sockets.sessionIds()))
        this.sockets.closeSession(sessionId);
    } catch (error) {
      this.logger.warn({ error: (error as Error).message }, 'sessions could not be checked');
    }
  }
}
