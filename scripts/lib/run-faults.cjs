'use strict';

const { parseArgs } = require('node:util');
const { bootstrap } = require('./bootstrap.cjs');
const { Complaint, say, sentenceOf } = require('./say.cjs');
const { conclude, count } = require('./steps.cjs');
const { bringChromium, bringRedis } = require('./system-packages.cjs');
const { vitest } = require('./vitest.cjs');

const USAGE =
  'npm run faults [-- F4 F5 --seed 7 --seconds 120], or npm run faults -- --plant all (or the name of one bug)';

/** The faults of the pages: among the tests of the browser. */
const isInBrowser = (id) => id === 'F20';

const options = { seed: { type: 'string' }, seconds: { type: 'string' }, plant: { type: 'string' } };

/** All faults in full, those that are named, or the planted bugs; the last line is "N passed, N failed". */
async function runFaults(args) {
  try {
    const { ids, env, files } = read(args);
    const inBrowser = files === 'faults/faults' && (ids.length === 0 || ids.some(isInBrowser));
    const elsewhere = files !== 'faults/faults' || ids.length === 0 || !ids.every(isInBrowser);
    env.REDIS_SERVER = await bringRedis();
    if (inBrowser) env.CHROMIUM = await bringChromium();
    await bootstrap({ pages: inBrowser });
    if (elsewhere) await vitest('faults', env, [files, ...named(ids)]);
    if (inBrowser) await vitest('e2e', env, ['e2e/browser-faults']);
  } catch (error) {
    say(sentenceOf(error));
    count('preparation', 0, 1);
  }
  conclude();
}

function read(args) {
  const { values, positionals } = parse(args);
  const ids = positionals.map((id) => id.toUpperCase().replace(/B$/, 'b'));
  const seed = whole('seed', values.seed ?? String(Math.floor(Math.random() * 1_000_000)));
  const env = { FAULTS_SEED: seed, ...(values.seconds && { FAULTS_SECONDS: whole('seconds', values.seconds) }) };
  if (ids.some((id) => !/^F\d+b?$/.test(id))) throw new Complaint(`A fault is named like F4.\n${USAGE}`);
  if (values.plant === undefined) return { ids, env, files: 'faults/faults' };
  return { ids: [], env: { ...env, FAULTS_PLANT: values.plant }, files: 'faults/plants' };
}

function parse(args) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new Complaint(`${error.message}\n${USAGE}`);
  }
}

function whole(name, value) {
  if (!/^\d+$/.test(value)) throw new Complaint(`--${name} must be a whole number, and was ${value}.\n${USAGE}`);
  return value;
}

/** Vitest looks for the names of tests by a pattern: F4 stands for F4b too, and not for F40. */
const named = (ids) => (ids.length === 0 ? [] : ['--testNamePattern', `^(${ids.join('|')})b?:`]);

module.exports = { runFaults };
