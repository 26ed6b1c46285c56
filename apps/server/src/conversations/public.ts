export { ConversationReader } from './application/ports.js';
export { requireConversation } from './application/require-conversation.js';
export { StartDirect } from './application/start-direct.js';
export { toSystemEvent, type StoredSystemEvent } from './infrastructure/stored-system-event.js';
export { ConversationsModule } from './conversations.module.js';
