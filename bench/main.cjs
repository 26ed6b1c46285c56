'use strict';

// Every Node that can read this file must be able to print the sentence of require-node: no newer syntax here.
require('../scripts/lib/require-node.cjs');
require('../scripts/lib/bootstrap.cjs')
  .bootstrap()
  .then(function () {
    return import('./main.mjs');
  })
  .then(function (bench) {
    return bench.main(process.argv.slice(2));
  })
  .catch(require('../scripts/lib/say.cjs').fail);
