export { IssueRecoveryLink, type RecoveryLink } from './application/issue-recovery-link.js';
export { People } from './application/ports.js';
export { IdentityModule } from './identity.module.js';
