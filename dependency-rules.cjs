'use strict';

/**
 * The architecture as a failing test; ARCHITECTURE.md tells the why. Paths are seen from the root of the repository.
 * scripts/check-architecture.cjs first proves on planted violations that every rule here catches something.
 */

const server = '^apps/server/src';
/** Every folder but platform and shared is a feature, so that a new one is under the rules from its first file. */
const feature = `${server}/([^/]+)/`;
const inFeature = `${server}/(?!platform/|shared/)([^/]+)/`;
const tests = '\\.test\\.tsx?$';

/** Each may import those before it, never those after it. */
const order = [
  'identity',
  'administration',
  'media',
  'conversation-log',
  'conversations',
  'messaging',
  '(?:notifications|search|moderation|integrations|presence)',
];

const forbidden = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const outwardFeatures = order.slice(0, -1).map((name, index) => {
  const later = order.slice(index + 1).join('|');
  return forbidden(
    `features-in-order-${name}`,
    `${name} stands before ${later}`,
    { path: `${server}/${name}/` },
    { path: `${server}/(?:${later})/` },
  );
});

module.exports = {
  forbidden: [
    forbidden('no-cycles', 'Two files that need each other are one, or miss a third', {}, { circular: true }),
    forbidden('all-found', 'An import that resolves to nothing', {}, { couldNotResolve: true }),

    forbidden(
      'domain-is-pure',
      'domain knows itself, shared and the contract',
      { path: `${inFeature}domain/`, pathNot: tests },
      { pathNot: [`${server}/$1/domain/`, `${server}/shared/`, '^packages/contract/'] },
    ),
    forbidden(
      'application-knows-no-outside',
      'application knows its domain, itself, shared, the contract and the public face of other features',
      { path: `${inFeature}application/`, pathNot: tests },
      {
        pathNot: [
          `${server}/$1/(?:domain|application)/`,
          `${server}/shared/`,
          '^packages/contract/',
          `${server}/[^/]+/public\\.ts$`,
        ],
      },
    ),
    forbidden(
      'presentation-knows-no-infrastructure',
      'They meet in the module',
      { path: `${inFeature}presentation/` },
      { path: `${server}/[^/]+/infrastructure/` },
    ),
    forbidden(
      'infrastructure-knows-no-presentation',
      'They meet in the module',
      { path: `${inFeature}infrastructure/` },
      { path: `${server}/[^/]+/presentation/` },
    ),
    forbidden(
      'features-meet-in-public',
      'Another feature is its public.ts; tables may name tables for foreign keys, modules may name modules',
      { path: feature, pathNot: ['\\.tables\\.ts$', '\\.module\\.ts$', `${server}/(?:platform|shared)/`] },
      { path: `${server}/(?!platform/|shared/)[^/]+/`, pathNot: [`${server}/$1/`, `${server}/[^/]+/public\\.ts$`] },
    ),
    forbidden(
      'tables-know-tables',
      'A table names only tables of other features; a public type does no harm',
      { path: `${feature}.*\\.tables\\.ts$` },
      {
        path: `${server}/(?!platform/|shared/)[^/]+/`,
        pathNot: [`${server}/$1/`, '\\.tables\\.ts$'],
        dependencyTypesNot: ['type-only'],
      },
    ),
    forbidden(
      'modules-know-modules',
      'A module wires its own feature and names the module and the public face of others',
      { path: `${feature}[^/]+\\.module\\.ts$` },
      { path: `${server}/(?!platform/|shared/)[^/]+/`, pathNot: [`${server}/$1/`, '\\.module\\.ts$', '/public\\.ts$'] },
    ),
    ...outwardFeatures,
    forbidden(
      'platform-knows-no-feature',
      'The platform would serve another application as well',
      { path: `${server}/platform/` },
      { path: `${server}/(?!platform/|shared/)[^/]+/` },
    ),
    forbidden(
      'shared-knows-nothing',
      'shared is free of every framework',
      { path: `${server}/shared/`, pathNot: tests },
      { pathNot: [`${server}/shared/`, '^packages/contract/', '^crypto$'] },
    ),
    forbidden(
      'nest-stays-outside',
      'A use case is a plain class',
      { path: `${server}/[^/]+/(?:domain|application)/` },
      { path: 'node_modules/(?:@nestjs|socket\\.io|express|pg|drizzle-orm)/' },
    ),

    forbidden(
      'contract-needs-only-zod',
      'Both sides load it',
      { path: '^packages/contract/src/', pathNot: tests },
      { pathNot: ['^packages/contract/src/', 'node_modules/zod/'] },
    ),
    forbidden(
      'client-knows-the-contract',
      'Web, bots, tests and benches use the client: no server, no page, no React',
      { path: '^packages/client/src/' },
      { path: ['^apps/', 'node_modules/(?:react|react-dom|next|zustand)/'] },
    ),
    forbidden(
      'server-knows-no-client',
      'The server serves any client',
      { path: `${server}/` },
      { path: ['^packages/client/', '^apps/web/'] },
    ),

    forbidden(
      'checker-knows-nobody',
      'What judges server and client shares no code with them',
      { path: '^packages/history-checker/src/', pathNot: tests },
      { pathNot: ['^packages/history-checker/src/', 'node_modules/zod/', '^(?:fs|path|readline|util)$'] },
    ),

    forbidden(
      'pages-over-features',
      'A route composes features',
      { path: '^apps/web/src/(?:features|components|lib|messages)/' },
      { path: '^apps/web/src/app/' },
    ),
    forbidden(
      'features-over-components',
      'components and lib know no feature',
      { path: '^apps/web/src/(?:components|lib)/' },
      { path: '^apps/web/src/features/' },
    ),
    forbidden(
      'lib-is-the-ground',
      'lib knows no component',
      { path: '^apps/web/src/lib/' },
      { path: '^apps/web/src/components/' },
    ),
    forbidden(
      'web-knows-no-server',
      'Between them is the contract',
      { path: '^apps/web/src/' },
      { path: '^apps/server/' },
    ),
    forbidden(
      'stores-do-no-io',
      'A store is state and reducers',
      { path: '^apps/web/src/.*-store\\.ts$' },
      { path: ['^apps/web/src/lib/client\\.ts$', '^packages/client/'], dependencyTypesNot: ['type-only'] },
    ),
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    exclude: { path: ['/\\.next/', '/out/'] },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'default'],
      mainFields: ['types', 'module', 'main'],
    },
  },
};
