'use strict';

// Every Node that can read this file must be able to print the sentence of require-node: no newer syntax here.
require('./lib/require-node.cjs');
var nodes = require('./lib/read-nodes.cjs')();
require('./lib/bootstrap.cjs')
  .bootstrap()
  .then(function () {
    return require('./lib/run-server.cjs').runServer(nodes);
  })
  .then(function (code) {
    process.exitCode = code;
  }, require('./lib/say.cjs').fail);
