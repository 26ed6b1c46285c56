'use strict';

require('./lib/require-node.cjs');
require('./lib/refuse-arguments.cjs')('npm run check', 'For one test file: npx vitest run FILE');
const { bootstrap } = require('./lib/bootstrap.cjs');
const { fail } = require('./lib/say.cjs');
const { conclude } = require('./lib/steps.cjs');
const { check } = require('./lib/checks.cjs');

bootstrap({ pages: false }).then(check).then(conclude, fail);
