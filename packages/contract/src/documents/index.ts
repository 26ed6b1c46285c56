export { asyncApiDocument } from './asyncapi.js';
export { commands } from './commands.js';
export { openApiDocument } from './openapi.js';
