import { createRequire } from 'node:module';

export const { v7: uuidv7 } = createRequire(new URL('../../apps/server/package.json', import.meta.url))('uuid');
