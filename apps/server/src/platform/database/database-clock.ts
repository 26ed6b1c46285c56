import { sql } from 'drizzle-orm';
import { Clock } from '../../shared/clock.js';
import type { Database } from './database.js';
import { patiently } from './patiently.js';

const REFRESH_MS = 30_000;

/** This machine's clock, corrected by its distance from the database's. */
export class DatabaseClock extends Clock {
  private offset = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly database: Database) {
    super();
  }

  now(): number {
    return Date.now() + this.offset;
  }

  async onModuleInit(): Promise<void> {
    await patiently(() => this.measure());
    this.timer = setInterval(() => void this.measure().catch(() => undefined), REFRESH_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  private async measure(): Promise<void> {
    const asked = Date.now();
    const { rows } = await this.database.db.execute<{ now: number }>(sql`select epoch_ms(clock_timestamp()) as now`);
    const now = rows[0]?.now;
    if (now !== undefined) this.offset = now - (asked + Date.now()) / 2;
  }
}
