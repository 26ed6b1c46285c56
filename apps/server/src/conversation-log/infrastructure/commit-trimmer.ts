import { sql } from 'drizzle-orm';
import type { Database } from '../../platform/database/database.js';
import type { Logger } from '../../platform/logging/logger.js';

const EVERY_MS = 300_000;

/** The commit log is what nodes still have to look at: an hour of it is plenty. */
export class CommitTrimmer {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.trim(), EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private async trim(): Promise<void> {
    try {
      await this.database.db.execute(sql`delete from commits where at < clock_timestamp() - interval '1 hour'`);
    } catch (error) {
      this.logger.warn({ error: (error as Error).message }, 'commit log could not be trimmed');
    }
  }
}
