import { Linter } from 'eslint';
import { describe, expect, it } from 'vitest';
import house from './lib/house-rules.mjs';

const names = Object.keys(house.rules);

const complaints = (filename: string, code: string): (string | null)[] => {
  const rules = Object.fromEntries(names.map((name) => [`house/${name}`, 'error' as const]));
  const linter = new Linter({ cwd: '/repository' });
  const config = { files: ['**/*.ts'], plugins: { house }, rules };
  return linter.verify(code, config, { filename: `/repository/${filename}` }).map(({ ruleId }) => ruleId);
};

describe('the rules of the house', () => {
  it.each([
    ['apps/server/src/messaging/presentation/a.ts', "import 'socket.io';", 'house/wrapped-libraries'],
    [
      'apps/server/src/messaging/application/a.ts',
      "import { sql } from 'drizzle-orm/pg-core';",
      'house/wrapped-libraries',
    ],
    ['apps/web/src/features/messaging/a.ts', "import '@tertulia/client/indexeddb';", 'house/wrapped-libraries'],
    ['apps/web/src/features/messaging/a.ts', "await import('@tertulia/client');", 'house/wrapped-libraries'],
    ['apps/server/src/messaging/presentation/a.ts', "socket.emit('x');", 'house/one-emitter'],
    ['apps/server/src/messaging/presentation/a.ts', "io.to('room').emit('x');", 'house/one-emitter'],
    ['apps/server/src/platform/mail/a.ts', 'export const host = process.env.HOST;', 'house/one-environment'],
  ])('in %s refuse %s', (filename, code, rule) => {
    expect(complaints(filename, code)).toEqual([rule]);
  });

  it.each([
    ['apps/server/src/platform/realtime/a.ts', "import 'socket.io'; io.emit('x');"],
    ['apps/server/src/messaging/infrastructure/a.ts', "import 'drizzle-orm';"],
    ['apps/server/src/conversation-log/infrastructure/feed.ts', "this.emitter.emit('x');"],
    ['apps/web/src/lib/client.ts', "import '@tertulia/client/indexeddb';"],
    ['apps/server/src/config.ts', 'export const host = process.env.HOST;'],
  ])('in %s allow %s', (filename, code) => {
    expect(complaints(filename, code)).toEqual([]);
  });
});
