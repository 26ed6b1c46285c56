'use strict';

// Every Node that can read this file must be able to print the sentence of require-node: no newer syntax here.
require('./lib/require-node.cjs');
require('./lib/bootstrap.cjs')
  .bootstrap({ pages: false })
  .then(function () {
    return import('./seed/main.mjs');
  })
  .then(function (seed) {
    return seed.main(process.argv.slice(2));
  })
  .catch(require('./lib/say.cjs').fail);
