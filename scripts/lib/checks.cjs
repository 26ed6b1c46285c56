'use strict';

const { run, programOf } = require('./run.cjs');
const { step } = require('./steps.cjs');
const { vitest } = require('./vitest.cjs');

const node = (...args) => run(process.execPath, args);

/** Everything that needs neither a database nor a browser. */
async function check() {
  await step('Format', () => node(programOf('prettier'), '--check', '--log-level=warn', '.'));
  await step('Types', () => node(programOf('typescript', 'tsc'), '-b'));
  await step('Types of the pages', () => node(programOf('typescript', 'tsc'), '-p', 'apps/web', '--noEmit'));
  await step('Types of the tests', () => node(programOf('typescript', 'tsc'), '-p', 'tsconfig.tests.json'));
  await step('Lint', () => node(programOf('eslint'), '--max-warnings=0', '.'));
  await step('Architecture', () => node('scripts/check-architecture.cjs'));
  await step('File names', () => node('scripts/check-names.cjs'));
  await step('Lock file', () => node('scripts/check-lock.cjs'));
  await step('Generated documents', () => node('scripts/write-docs.mjs', '--check'));
  await step('Paths in documents', () => node('scripts/check-docs.mjs'));
  await step('Migrations', () => node('scripts/check-migrations.cjs'));
  await vitest('unit');
}

module.exports = { check };
