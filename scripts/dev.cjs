'use strict';

require('./lib/require-node.cjs');
require('./lib/refuse-arguments.cjs')('npm run dev', 'Settings are environment variables.');
const { bootstrap } = require('./lib/bootstrap.cjs');
const { programOf, run } = require('./lib/run.cjs');
const { fail } = require('./lib/say.cjs');

const API_PORT = '3001';
const pages = ['http://localhost:3000', 'http://127.0.0.1:3000'];

const quote = (text) => `"${text}"`;
const node = quote(process.execPath);

/** The compiler, the server and the pages, each doing its part again when a file changes. */
const commands = [
  `${node} ${quote(programOf('typescript', 'tsc'))} -b -w --preserveWatchOutput`,
  `${node} --watch apps/server/dist/main.js`,
  `cd apps/web && ${node} ${quote(programOf('next'))} dev --hostname localhost --port 3000`,
];

bootstrap({ pages: false })
  .then(() =>
    run(process.execPath, [programOf('concurrently'), '--kill-others', '--names', 'types,server,web', ...commands], {
      stdio: 'inherit',
      env: {
        PORT: API_PORT,
        CORS_ORIGINS: process.env.CORS_ORIGINS || pages.join(','),
        // The pages come from the other port here.
        WEB_DIR: 'apps/web/public',
        API_ORIGIN: `http://127.0.0.1:${API_PORT}`,
        NEXT_TELEMETRY_DISABLED: '1',
      },
    }),
  )
  .then((code) => {
    process.exitCode = code;
  }, fail);
