'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { isAlive } = require('./exclusive.cjs');
const { root } = require('./run.cjs');

const folder = path.join(root, '.cache/running');

/** Notes that a process uses the packages of this clone; answers how to take the note back. */
function noteRunning(pid) {
  fs.mkdirSync(folder, { recursive: true });
  const note = path.join(folder, String(pid));
  fs.writeFileSync(note, '');
  return () => fs.rmSync(note, { force: true });
}

/** The numbers of those that still live. */
function running() {
  if (!fs.existsSync(folder)) return [];
  const pids = fs.readdirSync(folder).map(Number);
  for (const pid of pids) if (!isAlive(pid)) fs.rmSync(path.join(folder, String(pid)), { force: true });
  return pids.filter(isAlive);
}

module.exports = { noteRunning, running };
