'use strict';

// Old syntax: see start.cjs.
require('./lib/require-node.cjs');
require('./lib/run-endurance.cjs').runEndurance('soak', process.argv.slice(2));
