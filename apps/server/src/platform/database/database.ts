import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Logger } from '../logging/logger.js';

// Internal keys stay far below 2^53, and "9" > "10" as text.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export type Db = NodePgDatabase;
export type Transaction = Parameters<Parameters<Db['transaction']>[0]>[0];

/** What every session is given. Pages lie on solid state disks and in memory, so an index is worth its random reads. */
export const SESSION_OPTIONS =
  '-c statement_timeout=5s -c idle_in_transaction_session_timeout=2s -c timezone=UTC -c random_page_cost=1.1';

/** Above statement_timeout: where PostgreSQL can still answer, its own word comes first. */
const QUERY_TIMEOUT_MS = 6_000;

/** What the sessions of the lane are given besides. */
export const LANE_OPTIONS = '-c lock_timeout=300ms -c enable_seqscan=off -c plan_cache_mode=force_generic_plan';

/** What a node's connections are called, so that every node can see which others there are. */
export const applicationName = (nodeId: string): string => `tertulia:${nodeId}`;

/**
 * Two pools to one PostgreSQL. `db` serves reads and rare writes. `lane` carries the batches of the send lane: few
 * connections, short lock waits, and never a sequential scan chosen while a table was still small.
 */
export class Database {
  private readonly pool: pg.Pool;
  private readonly lanePool: pg.Pool;
  readonly db: Db;
  readonly lane: Db;
  private verifier: (db: Db) => Promise<void> = () => Promise.resolve();

  constructor(
    readonly url: string,
    private readonly nodeId: string,
    private readonly logger: Logger,
  ) {
    this.pool = this.open(12, '');
    this.lanePool = this.open(2, LANE_OPTIONS);
    this.db = drizzle(this.pool);
    this.lane = drizzle(this.lanePool);
  }

  private open(max: number, options: string): pg.Pool {
    const pool = new pg.Pool({
      connectionString: this.url,
      application_name: applicationName(this.nodeId),
      max,
      connectionTimeoutMillis: 3_000,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      // Where the network swallows everything no answer ever comes: a command must not hang for the minutes that TCP allows.
      query_timeout: QUERY_TIMEOUT_MS,
      options: `${SESSION_OPTIONS} ${options}`.trim(),
      verify: (client, done) => void this.verifier(drizzle(client)).then(() => done(), done),
    });
    // Without these a PostgreSQL that restarts ends the whole process.
    pool.on('error', (error) => this.logger.warn({ error: error.message }, 'database connection lost'));
    pool.on('connect', (client) => client.on('error', () => undefined));
    return pool;
  }

  /** Every new connection is looked at before it is used: it may lead to another database behind the same address. */
  verifyWith(verifier: (db: Db) => Promise<void>): void {
    this.verifier = verifier;
  }

  async ping(): Promise<void> {
    await this.pool.query('select 1');
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.pool.end(), this.lanePool.end()]);
  }
}
