'use strict';

const { spawnSync } = require('node:child_process');
const path = require('node:path');
const { root } = require('./lib/run.cjs');

/** kebab-case, with a role after a dot: send-message.ts, messaging.gateway.ts, lane.test.ts. Next's own: [[...path]]. */
const good = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.(ts|tsx|cjs|mjs|css)$/;

const { stdout } = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 1 << 26,
});
const bad = stdout
  .split('\n')
  .filter((file) => /\.(ts|tsx|cjs|mjs|css)$/.test(file) && !good.test(path.basename(file)));
for (const file of bad) console.error(`${file}: name it in kebab-case by what it does`);
process.exitCode = bad.length > 0 || stdout === '' ? 1 : 0;
