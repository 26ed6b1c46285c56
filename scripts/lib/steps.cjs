'use strict';

const { say } = require('./say.cjs');

const tally = { passed: 0, failed: 0 };
const failures = [];

function count(name, passed, failed) {
  tally.passed += passed;
  tally.failed += failed;
  if (failed > 0) failures.push(name);
}

/** One check that passes or fails as a whole; the next ones run all the same, so that one run shows all that is wrong. */
async function step(name, work) {
  say(`${name} …`);
  const hasPassed = await work().then(
    (code) => code === 0,
    (error) => {
      console.error(error);
      return false;
    },
  );
  say(`${name}: ${hasPassed ? 'passed' : 'FAILED'}`);
  count(name, hasPassed ? 1 : 0, hasPassed ? 0 : 1);
}

/** The last line of standard output, and the exit code. Nothing run is a failure. */
function conclude() {
  if (failures.length > 0) say(`Failed: ${failures.join(', ')}`);
  process.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0;
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
}

module.exports = { step, count, conclude };
