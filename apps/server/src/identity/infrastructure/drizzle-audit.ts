import type { Database } from '../../platform/database/database.js';
import type { Logger } from '../../platform/logging/logger.js';
import { Audit, type AuditEntry } from '../application/ports.js';
import { auditLog } from './identity.tables.js';

export class DrizzleAudit extends Audit {
  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
  ) {
    super();
  }

  async record(entry: AuditEntry): Promise<void> {
    try {
      await recordAudit(this.database.db, entry);
    } catch (error) {
      this.logger.error({ audit: entry, error: (error as Error).message }, 'an entry of the audit log was not stored');
    }
  }
}

/** In a transaction: what was done is in the log, or it was not done. */
export async function recordAudit(db: Pick<Database['db'], 'insert'>, entry: AuditEntry): Promise<void> {
  await db.insert(auditLog).values(entry);
}
