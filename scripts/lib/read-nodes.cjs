'use strict';

var refuseArguments = require('./refuse-arguments.cjs');

// Old syntax: see start.cjs. Without the first "--" npm keeps "--nodes" for itself and hands over the number alone.
module.exports = function readNodes() {
  var given = process.argv.slice(2).join(' ');
  var match = /^--nodes[= ]([0-9]{1,2})$/.exec(given);
  if (match !== null && Number(match[1]) > 0) return ['--nodes', match[1]];
  refuseArguments(
    'npm start',
    'Several nodes on this machine: npm start -- --nodes 3\nAll else is set by environment variables, for example: PORT=8080 npm start',
    'but the number of nodes',
  );
  return [];
};
