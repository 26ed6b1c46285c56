'use strict';

const { spawn, spawnSync } = require('node:child_process');
const path = require('node:path');

const root = path.resolve(__dirname, '../..');
const live = new Set();

/** Runs a program in the repository and answers its exit code; what it prints goes through. */
function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** The same, its output kept and shown only when it fails. */
function runQuietly(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code !== 0) process.stderr.write(Buffer.concat(output));
      resolve(code ?? 1);
    });
  });
}

function start(command, args, options) {
  const child = spawn(command, args, { cwd: root, ...options, env: { ...process.env, ...options.env } });
  if (live.size === 0) process.on('SIGTERM', passOn);
  live.add(child);
  child.on('close', () => {
    live.delete(child);
    if (live.size === 0) process.off('SIGTERM', passOn);
  });
  return child;
}

/** Ctrl-C reaches every process of the terminal, SIGTERM only this one: what it has started must not outlive it. */
function passOn() {
  for (const child of live) {
    child.kill('SIGTERM');
    child.once('close', () => process.exit(143));
  }
}

/** The JavaScript of a package's program: no shell, no .bin link, so that a path with a space does no harm. */
function programOf(packageName, program = packageName) {
  const manifest = path.join(root, 'node_modules', packageName, 'package.json');
  const { bin } = require(manifest);
  return path.join(path.dirname(manifest), typeof bin === 'string' ? bin : bin[program]);
}

function find(...names) {
  for (const name of names) {
    const { status, stdout } = spawnSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
    if (status === 0) return stdout.trim();
  }
  return null;
}

module.exports = { root, run, runQuietly, programOf, find };
