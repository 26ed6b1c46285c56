'use strict';

const { spawn } = require('node:child_process');
const { constants } = require('node:os');
const path = require('node:path');
const { root } = require('./run.cjs');
const { noteRunning } = require('./running.cjs');

const REPEAT_MS = 2_000;

/** A small nursery: what the boot has thrown away is not kept as memory of the server for ever. */
const serverArguments = ['--max-semi-space-size=4', path.join(root, 'apps/server/dist/main.js')];

/** Runs the built server until it ends; answers its exit code. */
function runServer(extraArguments = []) {
  return new Promise((resolve, reject) => {
    // In a session of its own, so that a Ctrl-C reaches it through here alone.
    const child = spawn(process.execPath, [...serverArguments, ...extraArguments], {
      cwd: root,
      detached: true,
      stdio: 'inherit',
      env: { ...process.env, NODE_ENV: process.env.NODE_ENV || 'production' },
    });
    const forget = child.pid === undefined ? () => undefined : noteRunning(child.pid);
    passOnSignals(child);
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      forget();
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/** Under npm one Ctrl-C arrives twice, from the terminal and from npm; only a later one is meant as a second. */
function passOnSignals(child) {
  let last = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      const now = Date.now();
      if (now - last >= REPEAT_MS) child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
      last = now;
    });
  }
}

module.exports = { runServer, serverArguments };
