'use strict';

// Every Node that can read this file must be able to print the sentence of require-node: no newer syntax here.
require('./lib/require-node.cjs');
require('./lib/refuse-arguments.cjs')(
  'npm start',
  'Settings are environment variables, for example: PORT=8080 npm start',
);
require('./lib/bootstrap.cjs')
  .bootstrap()
  .then(function () {
    return require('./lib/run-server.cjs').runServer();
  })
  .then(function (code) {
    process.exitCode = code;
  }, require('./lib/say.cjs').fail);
