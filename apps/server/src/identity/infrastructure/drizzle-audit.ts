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
      await this.database.db.insert(auditLog).values(entry);
    } catch (error) {
      this.logger.error({ audit: entry, error: (error as Error).message }, 'an entry of the audit log was not stored');
    }
  }
}
