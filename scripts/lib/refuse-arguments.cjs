'use strict';

// Old syntax: see start.cjs. npm hands over what stands after the command, sometimes only half of it.
module.exports = function refuseArguments(command, advice, but) {
  var stray = process.argv.slice(2);
  if (stray.length === 0) return;
  console.error(
    command + ' takes no arguments' + (but ? ' ' + but : '') + ', and was given: ' + stray.join(' ') + '\n' + advice,
  );
  process.exit(1);
};
