export * from './api.js';
export { createClient } from './create-client.js';
export { memoryStorage } from './storage/memory.js';
export type { Call, CommandName, InputOf, OutputOf } from './wire/routes.js';
