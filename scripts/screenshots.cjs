'use strict';

// Every Node that can read this file must be able to print the sentence of require-node: no newer syntax here.
require('./lib/require-node.cjs');
require('./lib/refuse-arguments.cjs')('npm run screenshots', 'It takes every page, in every look, into screenshots/.');
require('./lib/bootstrap.cjs')
  .bootstrap()
  .then(function () {
    return import('./screenshots.main.mjs');
  })
  .then(function (screenshots) {
    return screenshots.main();
  })
  .catch(require('./lib/say.cjs').fail);
