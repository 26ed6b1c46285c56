export { AccountLinks, Admission, People, SessionEnds, type AuditEntry } from './application/ports.js';
export { recordAudit } from './infrastructure/drizzle-audit.js';
export { IdentityModule } from './identity.module.js';
