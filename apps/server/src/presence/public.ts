export { PresenceGateway } from './presentation/presence.gateway.js';
export { PresenceModule } from './presence.module.js';
