export { People } from './application/ports.js';
export { IdentityModule } from './identity.module.js';
