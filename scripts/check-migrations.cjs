'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { programOf, root, runQuietly } = require('./lib/run.cjs');

const server = path.join(root, 'apps/server');
const committed = path.join(server, 'migrations');
/** drizzle-kit takes a relative folder only. */
const copy = path.join(root, '.cache/migrations');
const out = path.relative(server, copy);

/** Generates what is missing between the committed migrations and the tables in the code: there must be nothing. */
async function main() {
  fs.rmSync(copy, { recursive: true, force: true });
  fs.cpSync(committed, copy, { recursive: true });
  const kit = (...args) =>
    runQuietly(process.execPath, [programOf('drizzle-kit'), ...args, '--dialect', 'postgresql', '--out', out], {
      cwd: server,
    });
  const isConsistent = (await kit('check')) === 0;
  const isGenerated = (await kit('generate', '--schema', './src/**/*.tables.ts', '--name', 'forgotten')) === 0;
  const forgotten = fs.readdirSync(copy).filter((name) => !fs.existsSync(path.join(committed, name)));
  for (const name of forgotten) {
    console.error(
      `The tables in the code differ from the migrations; run drizzle-kit generate in apps/server. What is missing:\n${fs.readFileSync(path.join(copy, name), 'utf8')}`,
    );
  }
  process.exitCode = isConsistent && isGenerated && forgotten.length === 0 ? 0 : 1;
}

main();
