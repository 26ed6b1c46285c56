import { sql } from 'drizzle-orm';
import type { AuditEntry, Id, listAudit, Input, Output, Person } from '@tertulia/contract';
import type { People } from '../../identity/public.js';
import type { Database } from '../../platform/database/database.js';
import { AppError } from '../../shared/app-error.js';
import { AuditReader } from '../application/ports.js';
import { msOf } from './ms-of.js';

type Row = Omit<AuditEntry, 'by' | 'person'> & { byId: number | null; personId: number | null } & Record<
    string,
    unknown
  >;

export class SqlAuditReader extends AuditReader {
  constructor(
    private readonly database: Database,
    private readonly people: People,
  ) {
    super();
  }

  async list({ action, person, before, limit }: Input<typeof listAudit>): Promise<Output<typeof listAudit>> {
    const userId = person === undefined ? null : await this.requireUserId(person);
    const { rows } = await this.database.db.execute<Row>(sql`
      select id, ${msOf(sql`at`)} as at, action, actor_id as "byId", subject_id as "personId", address, data
      from audit_log where ${action === undefined ? sql`true` : sql`action = ${action}`}
        and ${userId === null ? sql`true` : sql`(actor_id = ${userId} or subject_id = ${userId})`}
        and ${before === undefined ? sql`true` : sql`id < ${before}`}
      order by id desc limit ${limit + 1}`);
    const page = rows.slice(0, limit);
    return { entries: await this.named(page), next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
  }

  private async requireUserId(person: Id): Promise<number> {
    const userId = (await this.people.findInternalIds([person])).get(person);
    if (userId === undefined) throw new AppError('person_not_found');
    return userId;
  }

  private async named(rows: readonly Row[]): Promise<AuditEntry[]> {
    const ids = rows.flatMap(({ byId, personId }) => [byId, personId]).filter((id) => id !== null);
    const people = await this.people.byInternalIds(ids);
    const find = (id: number | null): Person | null => (id === null ? null : (people.get(id) ?? null));
    return rows.map(({ byId, personId, ...entry }) => ({ ...entry, by: find(byId), person: find(personId) }));
  }
}
