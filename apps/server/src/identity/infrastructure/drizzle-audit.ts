import type { Database } from '../../platform/database/database.js';
import { Audit, type AuditEntry } from '../application/ports.js';
import { auditLog } from './identity.tables.js';

export class DrizzleAudit extends Audit {
  constructor(private readonly database: Database) {
    super();
  }

  async record(entry: AuditEntry): Promise<void> {
    await this.database.db.insert(auditLog).values(entry);
  }
}
