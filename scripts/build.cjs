'use strict';

require('./lib/require-node.cjs');
require('./lib/refuse-arguments.cjs')('npm run build', 'It builds what changed.');
const { bootstrap } = require('./lib/bootstrap.cjs');
const { fail } = require('./lib/say.cjs');

bootstrap().catch(fail);
