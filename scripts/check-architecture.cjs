'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { forbidden, options } = require('../dependency-rules.cjs');
const { allowed, planted, stubs } = require('./lib/planted-violations.cjs');
const { root } = require('./lib/run.cjs');

const sources = [
  'packages/contract/src',
  'packages/client/src',
  'packages/history-checker/src',
  'apps/server/src',
  'apps/web/src',
];

/** Every broken rule as [rule, from, to]. */
async function violationsOf(folder, files) {
  const { cruise } = await import('dependency-cruiser');
  const alias = { '@': path.join(folder, 'apps/web/src') };
  const here = process.cwd();
  process.chdir(folder);
  try {
    const { output } = await cruise(
      files,
      { ...options, ruleSet: { forbidden }, validate: true, baseDir: folder },
      { ...options.enhancedResolveOptions, alias },
    );
    return output.summary.violations.map(({ rule, from, to }) => [rule.name, from, to]);
  } finally {
    process.chdir(here);
  }
}

/** Rules that silently match nothing are worse than none: each must catch what is planted for it. */
async function selfTest() {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'tertulia-rules-')));
  try {
    const files = { ...stubs, ...allowed, ...Object.assign({}, ...Object.values(planted)) };
    for (const [name, text] of Object.entries(files)) {
      fs.mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
    const found = await violationsOf(folder, sources);
    const caught = (rule) => found.some(([name, from]) => name === rule && Object.hasOwn(planted[rule] ?? {}, from));
    const blind = forbidden.map(({ name }) => name).filter((name) => !caught(name));
    const unjust = found.filter(([, from]) => Object.hasOwn(allowed, from));
    return [
      ...blind.map((name) => `The rule ${name} does not catch what is planted for it.`),
      ...unjust.map((violation) => `Refused although allowed: ${violation.join(' ')}`),
    ];
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function main() {
  const present = sources.filter((source) => fs.existsSync(path.join(root, source)));
  const comments = Object.fromEntries(forbidden.map(({ name, comment }) => [name, comment]));
  const violations = await violationsOf(root, present);
  const complaints = [
    ...(await selfTest()),
    ...violations.map(([rule, from, to]) => `${from} → ${to}\n    ${rule}: ${comments[rule]}`),
  ];
  for (const complaint of complaints) console.error(complaint);
  process.exitCode = complaints.length > 0 ? 1 : 0;
}

main();
