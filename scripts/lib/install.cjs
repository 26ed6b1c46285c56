'use strict';

const { createHash } = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');
const { root, run } = require('./run.cjs');
const { running } = require('./running.cjs');
const { during, Complaint } = require('./say.cjs');

const modules = path.join(root, 'node_modules');
const keyFile = path.join(modules, '.tertulia-installed');

/** Installs the packages when they are missing, or other ones than the lock file, this Node and this system need. */
async function install() {
  const lockText = fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8');
  const key = keyOf(lockText);
  if (readIfThere(keyFile) === key) return;
  if (!isInstalled(JSON.parse(lockText))) await npmCi();
  fs.writeFileSync(keyFile, key);
}

function keyOf(lockText) {
  const lock = createHash('sha256').update(lockText).digest('hex');
  return `${lock} node${process.versions.node.split('.')[0]} ${process.platform}-${process.arch}\n`;
}

/** What npm itself notes about node_modules, so that a developer's own `npm install` is not done again. */
function isInstalled(lock) {
  const noted = readIfThere(path.join(modules, '.package-lock.json'));
  if (noted === null) return false;
  const installed = JSON.parse(noted).packages;
  return Object.entries(lock.packages).every(([where, wanted]) => {
    if (!where.includes('node_modules/') || wanted.link || !isForThisSystem(wanted)) return true;
    if (wanted.optional && !wanted.os) return true;
    return installed[where]?.version === wanted.version && fs.existsSync(path.join(root, where));
  });
}

function isForThisSystem({ os, cpu, libc }) {
  if (os && !os.includes(process.platform)) return false;
  if (cpu && !cpu.includes(process.arch)) return false;
  return !libc || libc.includes(ownLibc());
}

let knownLibc;

function ownLibc() {
  knownLibc ??= process.report.getReport().header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
  return knownLibc;
}

async function npmCi() {
  const [pid] = running();
  if (pid !== undefined) {
    throw new Complaint(
      `A server of this folder is running (process ${pid}), and its packages have to be replaced. Stop it first, then run the same command again.`,
    );
  }
  const [command, ...args] = npm();
  const code = await during('Installing packages (the first time this takes about a minute)', () =>
    run(command, [...args, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
      // Standard output stays free for what the command itself is about.
      stdio: ['ignore', process.stderr, process.stderr],
      env: { SCARF_ANALYTICS: 'false', npm_config_progress: 'false' },
    }),
  );
  if (code !== 0) {
    throw new Complaint(
      'The packages could not be installed: the lines above say why. Is the network there, and does this folder belong to you?',
    );
  }
}

/** The npm that runs this, else the one beside Node. */
function npm() {
  const own = process.env.npm_execpath;
  return own && /npm-cli\.c?js$/.test(own) ? [process.execPath, own] : ['npm'];
}

function readIfThere(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null;
}

module.exports = { install };
