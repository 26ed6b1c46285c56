'use strict';

const { parseArgs } = require('node:util');
const { bootstrap } = require('./bootstrap.cjs');
const { Complaint, say, sentenceOf } = require('./say.cjs');
const { conclude, count } = require('./steps.cjs');
const { bringRedis } = require('./system-packages.cjs');
const { vitest } = require('./vitest.cjs');

const kinds = {
  soak: { test: '^F19:', minutes: 30, usage: 'npm run soak [-- --minutes 30 --seed 7]' },
  'long-run': {
    test: '^Long run:',
    minutes: 60,
    usage: 'npm run long-run [-- --minutes 60 --delivered 1000000 --seed 7]',
  },
};

/** What takes too long for `npm run faults`; the last line is "N passed, N failed". */
async function runEndurance(name, args) {
  try {
    const { test, ...kind } = kinds[name];
    const env = read(args, kind);
    env.REDIS_SERVER = await bringRedis();
    await bootstrap({ pages: false });
    await vitest('faults', env, ['faults/endurance', '--testNamePattern', test]);
  } catch (error) {
    say(sentenceOf(error));
    count('preparation', 0, 1);
  }
  conclude();
}

function read(args, { minutes, usage }) {
  const { seed, delivered, ...values } = parse(args, usage);
  const whole = (name, value) => {
    if (/^\d+$/.test(value)) return Number(value);
    throw new Complaint(`--${name} must be a whole number, and was ${value}.\n${usage}`);
  };
  return {
    FAULTS_SEED: String(whole('seed', seed ?? String(Math.floor(Math.random() * 1_000_000)))),
    FAULTS_SECONDS: String(60 * whole('minutes', values.minutes ?? String(minutes))),
    ...(delivered && { FAULTS_DELIVERED: String(whole('delivered', delivered)) }),
  };
}

function parse(args, usage) {
  const options = { seed: { type: 'string' }, minutes: { type: 'string' } };
  try {
    return parseArgs({
      args,
      options: usage.includes('--delivered') ? { ...options, delivered: { type: 'string' } } : options,
    }).values;
  } catch (error) {
    throw new Complaint(`${error.message}\n${usage}`);
  }
}

module.exports = { runEndurance };
