'use strict';

// Old syntax: see start.cjs.
require('./lib/require-node.cjs');
require('./lib/run-endurance.cjs').runEndurance('long-run', process.argv.slice(2));
