'use strict';

// Every Node that can read this file must be able to print the sentence of require-node: no newer syntax here.
require('./lib/require-node.cjs');
require('./lib/refuse-arguments.cjs')(
  'npm test',
  'For one file: npx vitest run FILE. The fast part alone: npm run check',
);
require('./lib/run-tests.cjs').runTests();
