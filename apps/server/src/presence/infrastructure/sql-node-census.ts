import { sql } from 'drizzle-orm';
import type { Bus } from '../../platform/bus/bus.js';
import { applicationName, type Database } from '../../platform/database/database.js';
import { NodeCensus } from '../application/ports.js';

const FRESH_MS = 15_000;

/** Every node has connections to the database, and each carries its node's name. */
export class SqlNodeCensus extends NodeCensus {
  others: readonly string[] | null = null;
  private lookedAt = -Infinity;
  private looking: Promise<boolean> | null = null;

  constructor(
    private readonly database: Database,
    private readonly bus: Bus,
  ) {
    super();
  }

  look(): Promise<boolean> {
    if (performance.now() - this.lookedAt < FRESH_MS) return Promise.resolve(false);
    this.looking ??= this.read().finally(() => (this.looking = null));
    return this.looking;
  }

  private async read(): Promise<boolean> {
    const before = this.others?.join();
    this.others = await this.count().catch(() => null);
    // What could not be counted is asked again with the next question.
    if (this.others !== null) this.lookedAt = performance.now();
    return this.others?.join() !== before;
  }

  private async count(): Promise<string[] | null> {
    const { rows } = await this.database.db.execute<{ node: string }>(sql`
      select distinct substr(application_name, ${applicationName('').length + 1}) as node from pg_stat_activity
      where datname = current_database() and starts_with(application_name, ${applicationName('')}) order by node`);
    const nodes = rows.map(({ node }) => node);
    // Whoever does not see itself (a pooler, a name of the operator's own) does not see the others either.
    return nodes.includes(this.bus.nodeId) ? nodes.filter((node) => node !== this.bus.nodeId) : null;
  }
}
