'use strict';

const { bootstrap } = require('./bootstrap.cjs');
const { check } = require('./checks.cjs');
const { say, sentenceOf } = require('./say.cjs');
const { conclude, count } = require('./steps.cjs');
const { bringChromium, bringRedis } = require('./system-packages.cjs');
const { vitest } = require('./vitest.cjs');

/** All that must hold before anything lands, from a bare clone on. */
async function runTests() {
  try {
    const env = { CHROMIUM: await bringChromium(), REDIS_SERVER: await bringRedis() };
    await bootstrap();
    count('build', 1, 0);
    await check();
    await vitest('server', env);
    await vitest('faults', { ...env, FAULTS_SHORT: '1' }, ['faults/faults']);
    await vitest('e2e', env);
  } catch (error) {
    say(sentenceOf(error));
    count('preparation', 0, 1);
  }
  conclude();
}

module.exports = { runTests };
