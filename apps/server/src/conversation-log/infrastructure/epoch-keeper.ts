import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Database } from '../../platform/database/database.js';
import type { EpochNote } from '../application/ports.js';

type Identity = { system: string; timeline: number };

/**
 * The epoch is the life of this database as clients have seen it. Another cluster, another timeline of it, or an older copy
 * put back may have lost what clients were told: a new epoch makes every one of them start anew, and empties the commit log.
 */
export class EpochKeeper {
  private id = '';

  constructor(
    private readonly database: Database,
    private readonly note: EpochNote,
  ) {}

  get current(): string {
    return this.id;
  }

  async onModuleInit(): Promise<void> {
    const [now, noted, epochs] = await Promise.all([this.identify(), this.note.read(), this.readEpochs()]);
    const last = epochs[0];
    const isSameCluster = last?.system === now.system && last.timeline === now.timeline;
    // An epoch that the database has never heard of: this is an older copy of the one that was served here.
    const isOlderCopy = noted !== null && !epochs.some(({ id }) => id === noted);
    this.id = last && isSameCluster && !isOlderCopy ? last.id : await this.begin(now);
    if (this.id !== noted) await this.note.write(this.id);
  }

  private async readEpochs(): Promise<(Identity & { id: string })[]> {
    const { rows } = await this.database.db.execute<Identity & { id: string }>(
      sql`select id, system_identifier as system, timeline from epochs order by started_at desc`,
    );
    return rows;
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
