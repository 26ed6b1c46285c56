'use strict';

// Every Node that can read this file must be able to print the sentence of require-node: no newer syntax here.
require('./lib/require-node.cjs');
require('./lib/run-faults.cjs').runFaults(process.argv.slice(2));
