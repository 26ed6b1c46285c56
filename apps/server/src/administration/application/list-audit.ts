import type { listAudit, Input, Output } from '@tertulia/contract';
import type { Actor } from '../../shared/actor.js';
import type { AuditReader, Staff } from './ports.js';

export class ListAudit {
  constructor(
    private readonly staff: Staff,
    private readonly audit: AuditReader,
  ) {}

  async execute(actor: Actor, query: Input<typeof listAudit>): Promise<Output<typeof listAudit>> {
    await this.staff.require(actor);
    return this.audit.list(query);
  }
}
