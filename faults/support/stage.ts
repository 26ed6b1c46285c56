import { Postgres } from './postgres.js';
import { Redis } from './redis.js';

/** What all runs share: one PostgreSQL, in which each run has a database of its own, and one Redis. */
export class Stage {
  private constructor(
    readonly postgres: Postgres,
    readonly redis: Redis,
  ) {}

  static async open(): Promise<Stage> {
    const [postgres, redis] = await Promise.all([Postgres.open(), Redis.open()]);
    return new Stage(postgres, redis);
  }

  async close(): Promise<void> {
    await Promise.all([this.postgres.stop(), this.redis.kill()]);
  }
}
