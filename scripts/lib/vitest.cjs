'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { root, run, programOf } = require('./run.cjs');
const { say } = require('./say.cjs');
const { count } = require('./steps.cjs');

/** Runs the tests of one project, or those of them that the arguments choose, and adds them to the tally. */
async function vitest(project, env = {}, chosen = []) {
  const report = path.join(root, `.cache/tests-${project}.json`);
  fs.rmSync(report, { force: true });
  say(`Tests: ${project} …`);
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...chosen,
  ];
  const code = await run(process.execPath, [programOf('vitest'), ...args], { env });
  const { passed, failed, skipped } = read(report);
  // A file that cannot be read, an error outside of every test, or no test at all fails without a failed test.
  count(`${project} tests`, passed, failed === 0 && code !== 0 ? 1 : failed);
  say(`Tests: ${project}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
}

function read(report) {
  if (!fs.existsSync(report)) return { passed: 0, failed: 0, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    fs.readFileSync(report, 'utf8'),
  );
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + brokenFiles.length,
    skipped: numPendingTests + numTodoTests,
  };
}

module.exports = { vitest };
