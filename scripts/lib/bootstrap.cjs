'use strict';

const { build } = require('./build.cjs');
const { exclusively } = require('./exclusive.cjs');
const { install } = require('./install.cjs');

/** From a bare clone to something that runs; nearly nothing when it already is. */
function bootstrap({ pages = true } = {}) {
  return exclusively(async () => {
    await install();
    await build({ pages });
  });
}

module.exports = { bootstrap };
