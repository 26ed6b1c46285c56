'use strict';

const server = 'apps/server/src';
const imports = (...names) => names.map((name) => `import '${name}';\n`).join('');
const empty = 'export {};\n';

/** The small world in which the rules are tried. */
const stubs = Object.fromEntries([
  ...['zod', 'react', '@nestjs/common', 'pg'].flatMap((name) => [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
    [`node_modules/${name}/index.js`, ''],
  ]),
  ...['identity', 'administration', 'conversation-log', 'conversations', 'messaging', 'media', 'notifications'].flatMap(
    (name) => [
      [`${server}/${name}/public.ts`, empty],
      [`${server}/${name}/${name}.module.ts`, empty],
      [`${server}/${name}/infrastructure/${name}.tables.ts`, empty],
    ],
  ),
  [`${server}/messaging/domain/message.ts`, empty],
  [`${server}/messaging/presentation/gateway.ts`, empty],
  [`${server}/shared/clock.ts`, empty],
  [`${server}/platform/database/database.ts`, empty],
  ['packages/contract/src/index.ts', empty],
  ['packages/client/src/index.ts', empty],
  ['packages/history-checker/src/index.ts', empty],
  ['apps/web/src/app/page.tsx', empty],
  ['apps/web/src/lib/client.ts', empty],
  ['apps/web/src/components/ui/button.tsx', empty],
  ['apps/web/src/features/messaging/composer.tsx', empty],
]);

/** What must not be refused. */
const allowed = {
  [`${server}/messaging/application/allowed.ts`]: imports(
    '../domain/message.js',
    '../../shared/clock.js',
    '../../conversations/public.js',
  ),
  [`${server}/messaging/infrastructure/allowed.ts`]: imports(
    '../domain/message.js',
    '../../platform/database/database.js',
    'pg',
  ),
  [`${server}/messaging/infrastructure/allowed.tables.ts`]: imports(
    '../../conversations/infrastructure/conversations.tables.js',
  ),
  [`${server}/messaging/allowed.module.ts`]: imports(
    './presentation/gateway.js',
    '../conversations/conversations.module.js',
    '@nestjs/common',
  ),
  'apps/web/src/app/allowed.tsx': imports('@/features/messaging/composer', '@/lib/client'),
  'packages/contract/src/allowed.ts': imports('zod'),
  'packages/history-checker/src/allowed.ts': imports('zod', 'node:fs'),
};

/** For each rule a file that breaks it. */
const planted = {
  'no-cycles': {
    [`${server}/shared/left.ts`]: imports('./right.js'),
    [`${server}/shared/right.ts`]: imports('./left.js'),
  },
  'all-found': { [`${server}/shared/lost.ts`]: imports('./nowhere.js') },
  'domain-is-pure': { [`${server}/messaging/domain/bad.ts`]: imports('../../platform/database/database.js') },
  'application-knows-no-outside': {
    [`${server}/messaging/application/bad.ts`]: imports('../infrastructure/messaging.tables.js'),
  },
  'presentation-knows-no-infrastructure': {
    [`${server}/messaging/presentation/bad.ts`]: imports('../infrastructure/messaging.tables.js'),
  },
  'infrastructure-knows-no-presentation': {
    [`${server}/messaging/infrastructure/bad.ts`]: imports('../presentation/gateway.js'),
  },
  'features-meet-in-public': {
    [`${server}/messaging/infrastructure/nosy.ts`]: imports(
      '../../conversations/infrastructure/conversations.tables.js',
    ),
  },
  'tables-know-tables': {
    [`${server}/messaging/infrastructure/bad.tables.ts`]: imports('../../conversations/public.js'),
  },
  'modules-know-modules': {
    [`${server}/messaging/bad.module.ts`]: imports('../conversations/infrastructure/conversations.tables.js'),
  },
  'features-in-order-identity': { [`${server}/identity/infrastructure/late.ts`]: imports('../../media/public.js') },
  'features-in-order-administration': {
    [`${server}/administration/infrastructure/late.ts`]: imports('../../conversation-log/public.js'),
  },
  'features-in-order-media': {
    [`${server}/media/infrastructure/late.ts`]: imports('../../conversation-log/public.js'),
  },
  'features-in-order-conversation-log': {
    [`${server}/conversation-log/infrastructure/late.ts`]: imports('../../conversations/public.js'),
  },
  'features-in-order-conversations': {
    [`${server}/conversations/infrastructure/late.ts`]: imports('../../messaging/public.js'),
  },
  'features-in-order-messaging': {
    [`${server}/messaging/infrastructure/late.ts`]: imports('../../notifications/public.js'),
  },
  'platform-knows-no-feature': { [`${server}/platform/database/bad.ts`]: imports('../../identity/public.js') },
  'shared-knows-nothing': { [`${server}/shared/bad.ts`]: imports('../platform/database/database.js') },
  'nest-stays-outside': { [`${server}/messaging/application/nested.ts`]: imports('@nestjs/common') },
  'contract-needs-only-zod': { 'packages/contract/src/bad.ts': imports('react') },
  'client-knows-the-contract': { 'packages/client/src/bad.ts': imports('react') },
  'server-knows-no-client': { [`${server}/main.ts`]: imports('../../../packages/client/src/index.js') },
  'checker-knows-nobody': {
    'packages/history-checker/src/bad.ts': imports('../../contract/src/index.js'),
  },
  'pages-over-features': { 'apps/web/src/features/messaging/bad.tsx': imports('@/app/page') },
  'features-over-components': { 'apps/web/src/components/ui/bad.tsx': imports('@/features/messaging/composer') },
  'lib-is-the-ground': { 'apps/web/src/lib/bad.ts': imports('@/components/ui/button') },
  'web-knows-no-server': { 'apps/web/src/lib/worse.ts': imports('../../../server/src/shared/clock.js') },
  'stores-do-no-io': { 'apps/web/src/features/messaging/bad-store.ts': imports('@/lib/client') },
};

module.exports = { allowed, planted, stubs };
