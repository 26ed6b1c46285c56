'use strict';

// Old syntax: see start.cjs.
var needed = require('../../package.json').engines.node.replace('>=', '');
var have = process.versions.node;

function isOlder(a, b) {
  var left = a.split('.').map(Number);
  var right = b.split('.').map(Number);
  for (var i = 0; i < 3; i += 1) {
    if (left[i] !== right[i]) return left[i] < right[i];
  }
  return false;
}

if (isOlder(have, needed)) {
  console.error(
    'Tertulia needs Node.js ' +
      needed +
      ' or newer; this is ' +
      have +
      '. Install a newer one (22 or 24 is best), then run the same command again.',
  );
  process.exit(1);
}
