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
  console.error(error instanceof Complaint ? `\n${error.message}` : error);
  process.exitCode = 1;
}

module.exports = { say, during, fail, Complaint };
