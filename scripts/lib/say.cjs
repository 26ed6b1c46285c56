'use strict';

const began = Date.now();
const REMINDER_MS = 20_000;

const elapsed = () => `${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s`;

/** Plain lines, the same in a terminal, a log and CI. On standard error: standard output belongs to what is run. */
function say(line) {
  process.stderr.write(`[${elapsed()}] ${line}\n`);
}

/** Says what goes on, and that it still does. */
async function during(line, work) {
  say(`${line} …`);
  const since = Date.now();
  const reminder = setInterval(
    () => say(`${line} … still at it after ${Math.round((Date.now() - since) / 1000)} s`),
    REMINDER_MS,
  );
  try {
    return await work();
  } finally {
    clearInterval(reminder);
  }
}

/** A failure that the person can act on: shown as a sentence, without a stack. */
class Complaint extends Error {}

function fail(error) {
  console.error(`\n${sentenceOf(error)}`);
  process.exitCode = 1;
}

/** Whatever went wrong, as the person should read it; the stack only where nobody foresaw it. */
function sentenceOf(error) {
  if (error instanceof Complaint) return error.message;
  if (error.code === 'EACCES' || error.code === 'EPERM') {
    return `${error.path} belongs to another user of this machine; perhaps this folder was first used as root. Go on as that user, or give it all to yourself: sudo chown -R "$(id -un)" .`;
  }
  if (error.code === 'ENOSPC') return 'The disk is full: make room and run the same command again.';
  return error.stack;
}

module.exports = { say, during, fail, sentenceOf, Complaint };
