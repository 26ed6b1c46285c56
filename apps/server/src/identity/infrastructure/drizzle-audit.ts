import type { Database } from '../../platform/database/database.js';
import { Audit, type AuditEntry } from '../application/ports.js';
import { auditLog } from './identity.tables.js';

export class DrizzleAudit extends Audit {
  constructor(private readonly database: Database) {
    super();
  }

  record(entry: AuditEntry): Promise<void> {
    return recordAudit(this.database.db, entry);
  }
}

/** In a transaction: what was done is in the log, or it was not done. */
export async function recordAudit(db: Pick<Database['db'], 'insert'>, entry: AuditEntry): Promise<void> {
  await db.insert(auditLog).values(entry);
}
