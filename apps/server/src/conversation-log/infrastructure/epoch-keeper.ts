import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Database } from '../../platform/database/database.js';

type Identity = { system: string; timeline: number };

/**
 * The epoch is the life of this database as clients have seen it. Another cluster, or another timeline of it, may have
 * lost what clients were told: a new epoch makes every one of them start anew, and empties the commit log.
 */
export class EpochKeeper {
  private id = '';

  constructor(private readonly database: Database) {}

  get current(): string {
    return this.id;
  }

  async onModuleInit(): Promise<void> {
    const now = await this.identify();
    const { rows } = await this.database.db.execute<{ id: string; system: string; timeline: number }>(
      sql`select id, system_identifier as system, timeline from epochs order by started_at desc limit 1`,
    );
    const last = rows[0];
    this.id = last && last.system === now.system && last.timeline === now.timeline ? last.id : await this.begin(now);
  }

  private async begin(now: Identity): Promise<string> {
    const id = uuidv7();
    await this.database.db.transaction(async (tx) => {
      await tx.execute(
        sql`insert into epochs (id, system_identifier, timeline) values (${id}, ${now.system}, ${now.timeline})`,
      );
      await tx.execute(sql`delete from commits`);
    });
    return id;
  }

  private async identify(): Promise<Identity> {
    const { rows } = await this.database.db.execute<Identity>(sql`
      select system_identifier::text as system, (select timeline_id from pg_control_checkpoint()) as timeline from pg_control_system()`);
    return rows[0]!;
  }
}
