'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { setTimeout: sleep } = require('node:timers/promises');
const { root } = require('./run.cjs');
const { say } = require('./say.cjs');

const lock = path.join(root, '.cache/bootstrap.lock');
const owner = path.join(lock, 'pid');

/** Two starts at once in one clone: the second waits until the first has installed and built. */
async function exclusively(work) {
  await acquire();
  try {
    return await work();
  } finally {
    fs.rmSync(lock, { recursive: true, force: true });
  }
}

async function acquire() {
  fs.mkdirSync(path.dirname(lock), { recursive: true });
  let hasSaid = false;
  for (;;) {
    if (take()) return;
    const pid = holder();
    if (pid !== null && !isAlive(pid)) {
      fs.rmSync(lock, { recursive: true, force: true });
      continue;
    }
    if (!hasSaid) say(`Another command (process ${pid ?? '?'}) is preparing this folder; waiting for it …`);
    hasSaid = true;
    await sleep(500);
  }
}

function take() {
  // Filled first and moved into place as a whole: a lock is never seen without its owner.
  const draft = `${lock}.${process.pid}`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft);
  fs.writeFileSync(path.join(draft, 'pid'), String(process.pid));
  try {
    fs.renameSync(draft, lock);
    return true;
  } catch {
    fs.rmSync(draft, { recursive: true, force: true });
    return false;
  }
}

function holder() {
  try {
    return Number(fs.readFileSync(owner, 'utf8'));
  } catch {
    return null;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

module.exports = { exclusively, isAlive };
